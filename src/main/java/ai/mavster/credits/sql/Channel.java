package ai.mavster.credits.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Messages between the processes at one database, words without spaces. Each hears what all others send, within
 * moments, and nothing of its own; but what is sent while a connection is lost is lost. So it may hurry up what is found
 * out in another way too, and nothing may depend on it.
 *
 * <p>Words are sent in transactions of their own, all that came together within a moment: a NOTIFY in a transaction that
 * does something else would make its commit wait for the commits of all others that do the same.
 */
public final class Channel implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Channel.class);

    /** For how long words are collected. */
    private static final Duration MOMENT = Duration.ofMillis(25);

    /** What one notification carries; PostgreSQL takes less than 8000 bytes. */
    private static final int MOST_CHARACTERS = 7_900;

    private static final int SILENCE_MILLIS = 5_000;
    private static final int ALIVE_WITHIN_SECONDS = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long STOP_MILLIS = 5_000;

    private final String name;
    private final Connections connections;
    private final Hearing hearing;
    private final String self = UUID.randomUUID().toString();
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final List<Thread> threads;
    private volatile boolean closed;
    private volatile @Nullable Connection listening;

    /** Who receives them; on the channel's own thread. */
    public interface Hearing {

        void heard(Set<String> words);

        /** Something may have been sent that was not received. */
        void missed();
    }

    /**
     * Opens it, and goes on trying for as long as the database is out of reach.
     *
     * @param name lower-case letters and underscores
     */
    public Channel(String name, Connections connections, Hearing hearing) {
        if (!name.matches("[a-z_]{1,60}")) {
            throw new IllegalArgumentException(name);
        }
        this.name = name;
        this.connections = connections;
        this.hearing = hearing;
        threads = List.of(thread("listen", this::listen), thread("notify", this::sendAsTheyCome));
        threads.forEach(Thread::start);
    }

    private Thread thread(String role, Runnable work) {
        Thread thread = new Thread(work, name + "-" + role);
        thread.setDaemon(true);
        return thread;
    }

    /** Never blocks. */
    public void publish(Set<String> more) {
        words.addAll(more);
    }

    private void sendAsTheyCome() {
        try {
            while (!closed) {
                Set<String> together = new LinkedHashSet<>();
                together.add(words.take());
                LockSupport.parkNanos(MOMENT.toNanos());
                words.drainTo(together);
                send(together);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Set<String> together) {
        try (Connection connection = connections.open();
                PreparedStatement notify =
                        connection.prepareStatement("SELECT pg_notify(?, word) FROM unnest(?::text[]) AS word")) {
            notify.setString(1, name);
            notify.setArray(
                    2, connection.createArrayOf("text", payloads(together).toArray()));
            notify.execute();
            connection.commit();
        } catch (SQLException e) {
            LOG.debugf("%d messages to other processes were not sent: %s", together.size(), e.getMessage());
        }
    }

    /** As few as possible; each begins with its sender. */
    private List<String> payloads(Set<String> together) {
        List<String> payloads = new ArrayList<>(1);
        StringBuilder payload = new StringBuilder(self);
        for (String word : together) {
            if (payload.length() + 1 + word.length() > MOST_CHARACTERS) {
                payloads.add(payload.toString());
                payload = new StringBuilder(self);
            }
            payload.append(' ').append(word);
        }
        payloads.add(payload.toString());
        return payloads;
    }

    private void listen() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            try (Connection connection = connections.listening()) {
                listening = connection;
                try (Statement statement = connection.createStatement()) {
                    statement.execute("LISTEN " + name);
                }
                pause = FIRST_PAUSE;
                hearing.missed();
                hear(connection);
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    LOG.debugf("Others are not heard for a while: %s", e.getMessage());
                    LockSupport.parkNanos(pause.toNanos());
                    pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
                }
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection notified = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification[] notifications = notified.getNotifications(SILENCE_MILLIS);
            if (notifications == null || notifications.length == 0) {
                if (!connection.isValid(ALIVE_WITHIN_SECONDS)) {
                    throw new SQLException("The connection is gone");
                }
                continue;
            }
            Set<String> heard = new LinkedHashSet<>();
            for (PGNotification notification : notifications) {
                List<String> payload = Arrays.asList(notification.getParameter().split(" ", -1));
                if (!payload.get(0).equals(self)) {
                    heard.addAll(payload.subList(1, payload.size()));
                }
            }
            if (!heard.isEmpty()) {
                hearing.heard(heard);
            }
        }
    }

    /** What is not sent by then is not sent any more. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        Connection connection = listening;
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
            for (Thread thread : threads) {
                thread.join(STOP_MILLIS);
            }
        } catch (SQLException e) {
            LOG.debugf("The channel is left open: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
