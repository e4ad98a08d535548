package ai.mavster.credits.ledger;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the service and its database, and fails it at the one moment that matters: while the ledger commits.
 * It reads along in PostgreSQL's protocol far enough to know the COMMIT of a transaction that looked an idempotency key
 * up, so that jobs may commit meanwhile; connections must not be encrypted.
 */
final class CommitProxy implements Closeable {

    private static final String LOOK_UP = "FROM idempotency_key";

    /** What becomes of the ledger's next COMMIT. */
    enum Fault {
        /** It is carried out; the connection is lost before the answer. */
        LOSE_ANSWER,
        /** It is lost with the connection. */
        LOSE_COMMIT,
        /** It is carried out, the answer is lost, and there is no way to the database until {@link #reconnect}. */
        LOSE_ANSWER_AND_DATABASE,
        /** It never arrives, and nobody notices: both sides keep their connection. */
        SWALLOW
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int databasePort;
    private final Queue<Fault> armed = new ConcurrentLinkedQueue<>();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean reachable = true;

    CommitProxy(int databasePort) throws IOException {
        this.databasePort = databasePort;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Faults for the next COMMITs, one each. */
    void arm(Fault... faults) {
        armed.addAll(List.of(faults));
    }

    /** Whether COMMITs have met all of them. */
    boolean hasStruck() {
        return armed.isEmpty();
    }

    void reconnect() {
        reachable = true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        links.forEach(Link::cut);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One side has gone, which is what this is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("resource") // closed when it is cut
    private void accept() throws IOException {
        while (true) {
            Socket service = listener.accept();
            if (reachable) {
                Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
                // A message of several parts is passed on in parts, none of which waits until the one before has
                // arrived.
                service.setTcpNoDelay(true);
                database.setTcpNoDelay(true);
                Link link = new Link(service, database);
                links.add(link);
                start(link::answers);
                start(link::requests);
            } else {
                service.close();
            }
        }
    }

    private final class Link {

        private final Socket service;
        private final Socket database;
        private final Map<String, String> statements = new HashMap<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private boolean ofLedger;
        private volatile boolean answersAreLost;

        Link(Socket service, Socket database) {
            this.service = service;
            this.database = database;
        }

        void cut() {
            links.remove(this);
            try (service;
                    database) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void answers() throws IOException {
            try (service;
                    database) {
                InputStream in = database.getInputStream();
                byte[] buffer = new byte[65_536];
                int length = in.read(buffer);
                while (length > 0 && !answersAreLost) {
                    service.getOutputStream().write(buffer, 0, length);
                    length = in.read(buffer);
                }
            } finally {
                links.remove(this);
                ended.countDown();
            }
        }

        private void requests() throws IOException {
            try (service;
                    database) {
                DataInputStream in = new DataInputStream(service.getInputStream());
                OutputStream out = database.getOutputStream();
                out.write(rest(in, new ByteArrayOutputStream())); // the first message has no type
                while (true) {
                    int type = in.readUnsignedByte();
                    ByteArrayOutputStream start = new ByteArrayOutputStream();
                    start.write(type);
                    byte[] message = rest(in, start);
                    if (isCommit(type, message)) {
                        strike(armed.poll(), in);
                    }
                    out.write(message);
                }
            }
        }

        private void strike(@Nullable Fault fault, DataInputStream in) throws IOException {
            if (fault == null) {
                return;
            }
            switch (fault) {
                case LOSE_ANSWER -> answersAreLost = true;
                case LOSE_COMMIT -> cut();
                case LOSE_ANSWER_AND_DATABASE -> {
                    reachable = false;
                    answersAreLost = true;
                    links.stream().filter(link -> link != this).forEach(Link::cut);
                }
                case SWALLOW -> {
                    while (in.read() >= 0) {
                        // to nowhere, until the service gives up; and the database is not told of that either
                    }
                    awaitEnd();
                }
            }
        }

        /** Until the database ends the session by itself. */
        private void awaitEnd() throws IOException {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("ended");
        }

        /** Whether it commits what the ledger wrote. Statements have names once they were used often, so their texts are kept. */
        private boolean isCommit(int type, byte[] message) {
            return switch (type) {
                case 'P' -> {
                    String name = text(message, 5);
                    String sql = text(message, 6 + name.length());
                    statements.put(name, sql);
                    // It is sent in one go with what follows, and so it vanishes: a database that got only this part
                    // would wait for the rest, and not for the next command, for as long as the connection lives.
                    yield armed.peek() == Fault.SWALLOW && ofLedger && sql.equals("COMMIT");
                }
                case 'B' -> {
                    String portal = text(message, 5);
                    yield isCommit(statements.getOrDefault(text(message, 6 + portal.length()), ""));
                }
                case 'Q' -> isCommit(text(message, 5));
                default -> false;
            };
        }

        private boolean isCommit(String sql) {
            boolean commits = ofLedger && sql.equals("COMMIT");
            ofLedger = (ofLedger || sql.contains(LOOK_UP)) && !sql.equals("COMMIT") && !sql.equals("ROLLBACK");
            return commits;
        }
    }

    private static byte[] rest(DataInputStream in, ByteArrayOutputStream message) throws IOException {
        int length = in.readInt();
        message.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        message.writeBytes(in.readNBytes(length - 4));
        return message.toByteArray();
    }

    private static String text(byte[] message, int from) {
        int end = from;
        while (message[end] != 0) {
            end++;
        }
        return new String(message, from, end - from, StandardCharsets.UTF_8);
    }
}
