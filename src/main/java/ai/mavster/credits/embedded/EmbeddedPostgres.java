package ai.mavster.credits.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of this process's own, with its data in one {@link DataDirectory}. */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("wal_compression", "on"),
            Map.entry("max_connections", "60"));

    private final DataDirectory directory;
    private final DirectoryLock lock;
    private final PostgresTools tools;
    private final String password;
    private final int port;
    private final Map<String, String> settings;
    private @Nullable Process watch;
    private @Nullable Thread supervisor;
    private boolean closing;

    private EmbeddedPostgres(
            DataDirectory directory,
            DirectoryLock lock,
            PostgresTools tools,
            String password,
            int port,
            Map<String, String> settings) {
        this.directory = directory;
        this.lock = lock;
        this.tools = tools;
        this.password = password;
        this.port = port;
        this.settings = settings;
    }

    /**
     * Starts the server, on data of its own making if there is none yet.
     *
     * @throws StartFailure if the directory is in use or cannot be used, or the server does not start
     */
    public static EmbeddedPostgres start(Path directory) throws StartFailure {
        return start(directory, 0, Map.of());
    }

    /**
     * @param port 0 for a free one
     * @param settings of the server, over the ones that keep data safe
     */
    static EmbeddedPostgres start(Path directory, int port, Map<String, String> settings) throws StartFailure {
        DataDirectory data = DataDirectory.at(directory);
        DirectoryLock lock = DirectoryLock.acquire(data.home());
        try {
            return launch(data, lock, port, settings);
        } catch (IOException e) {
            lock.close();
            throw new StartFailure(
                    "The embedded PostgreSQL in " + data.home() + " did not start: " + e.getMessage(), e);
        } catch (StartFailure e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(
            DataDirectory directory, DirectoryLock lock, int port, Map<String, String> settings)
            throws IOException, StartFailure {
        Path binaries = Binaries.in(directory.home());
        PostgresTools tools = directory.tools(binaries);
        stopLeftover(tools, directory.database());
        Binaries.deleteOthers(directory.home(), binaries);
        String password = directory.password();
        if (!directory.hasDatabase()) {
            directory.initialize(tools, password);
        }
        int chosen = port == 0 ? freePort() : port;
        EmbeddedPostgres server = new EmbeddedPostgres(directory, lock, tools, password, chosen, settings);
        server.launch();
        return server;
    }

    /** A server that outlived its service: the service was killed, so nobody is left who would stop it. */
    private static void stopLeftover(PostgresTools tools, Path database) throws IOException {
        Optional<Postmaster> leftover = Postmaster.of(database);
        if (leftover.isEmpty()) {
            return;
        }
        if (leftover.get().process().isPresent()) {
            stop(tools, database);
        } else {
            leftover.get().disown();
        }
    }

    private void launch() throws IOException {
        Map<String, String> all = new TreeMap<>(SETTINGS);
        all.putAll(settings);
        StringBuilder options = new StringBuilder("-p " + port);
        all.forEach(
                (name, value) -> options.append(" -c ").append(name).append('=').append(value));
        Path log = directory.log();
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("postgresql-before.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        // pg_ctl gives the server a session of its own, out of reach of a terminal's Ctrl-C.
        List<String> arguments = List.of(
                "start",
                "--wait",
                "--timeout=240",
                "--pgdata=" + directory.database(),
                "--log=" + log,
                "--options=" + options);
        if (tools.run("pg_ctl", arguments) != 0) {
            throw new IOException("see " + log + System.lineSeparator() + PostgresTools.end(log));
        }
        watch = watch(directory.database());
    }

    private static void stop(PostgresTools tools, Path database) throws IOException {
        String pgdata = "--pgdata=" + database;
        if (tools.run("pg_ctl", List.of("stop", "--wait", "--timeout=60", "--mode=fast", pgdata)) != 0
                && Postmaster.of(database).flatMap(Postmaster::process).isPresent()
                // Safe for the data: the next start recovers them from the log.
                && tools.run("pg_ctl", List.of("stop", "--wait", "--timeout=60", "--mode=immediate", pgdata)) != 0) {
            throw new IOException("PostgreSQL did not stop" + System.lineSeparator() + tools.printed());
        }
    }

    /**
     * A shell whose input ends when this process does, however that happens, and which then stops the server. Best
     * effort, for systems that have a shell: the next start deals with a server left over all the same.
     */
    private static @Nullable Process watch(Path database) throws IOException {
        Optional<ProcessHandle> server = Postmaster.of(database).flatMap(Postmaster::process);
        if (server.isEmpty() || !Files.isExecutable(Path.of("/bin/sh"))) {
            return null;
        }
        // SIGINT is PostgreSQL's fast shutdown. Ctrl-C reaches the shell too and must not end it.
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "trap '' INT QUIT TERM HUP; read -r line; kill -INT $1",
                        "credits-watch",
                        Long.toString(server.get().pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Or it would signal an id that may by then be another process's. */
    private void endWatch() {
        if (watch != null) {
            watch.destroyForcibly();
            watch = null;
        }
    }

    /**
     * From now on the server is started again, at the same port, whenever it ends though nobody closed it.
     *
     * @param givenUp called once with the reason why that is no longer tried: it ended too often, or does not start
     */
    public void supervise(Consumer<String> givenUp) {
        supervise(new Restarts(Restarts.DEFAULT_WAITS), givenUp);
    }

    synchronized void supervise(Restarts restarts, Consumer<String> givenUp) {
        supervisor = new Thread(() -> supervised(restarts, givenUp), "database-supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private void supervised(Restarts restarts, Consumer<String> givenUp) {
        try {
            Optional<String> failure = Optional.empty();
            while (failure.isEmpty() && !isClosing()) {
                runningServer().ifPresent(server -> server.onExit().join());
                failure = startAgain(restarts);
            }
            failure.ifPresent(cause ->
                    givenUp.accept("The embedded PostgreSQL in " + directory.home() + " is given up: " + cause));
        } catch (IOException e) {
            givenUp.accept("The embedded PostgreSQL in " + directory.home() + " cannot be watched: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was closed meanwhile
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private Optional<ProcessHandle> runningServer() throws IOException {
        return Postmaster.of(directory.database()).flatMap(Postmaster::process);
    }

    /** Why it is not tried any more; empty: it runs, or was closed. */
    private Optional<String> startAgain(Restarts restarts) throws InterruptedException {
        String cause = "it ended too often; the last time as " + directory.log() + " says";
        while (!isClosing()) {
            Optional<Duration> wait = restarts.next(Duration.ofNanos(System.nanoTime()));
            if (wait.isEmpty()) {
                return Optional.of(cause);
            }
            LOG.errorf(
                    "The embedded PostgreSQL has ended though nobody stopped it, and is started again in %d s",
                    wait.get().toSeconds());
            Thread.sleep(wait.get().toMillis());
            try {
                if (launchAgain()) {
                    LOG.info("The embedded PostgreSQL runs again");
                    return Optional.empty();
                }
            } catch (IOException e) {
                cause = String.valueOf(e.getMessage());
                LOG.errorf("The embedded PostgreSQL did not start: %s", cause);
            }
        }
        return Optional.empty();
    }

    private synchronized boolean launchAgain() throws IOException {
        if (closing) {
            return false;
        }
        endWatch();
        if (runningServer().isPresent()) { // the last attempt's, which took long to recover
            watch = watch(directory.database());
            return true;
        }
        stopLeftover(tools, directory.database());
        launch();
        return true;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where the service's database is. */
    public DatabaseAddress address() {
        return new DatabaseAddress(url(DataDirectory.NAME), DataDirectory.NAME, password);
    }

    /** Where somebody who may do everything signs in. */
    DatabaseAddress administration() {
        return new DatabaseAddress(url(DataDirectory.SUPERUSER), DataDirectory.SUPERUSER, password);
    }

    int port() {
        return port;
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** Stops the server, waits until it has, and leaves the directory to others. */
    @Override
    public synchronized void close() throws IOException {
        closing = true;
        if (supervisor != null) {
            supervisor.interrupt();
        }
        try {
            endWatch();
            if (Postmaster.of(directory.database())
                    .filter(server -> !server.isDisowned())
                    .isPresent()) {
                stop(tools, directory.database());
            }
        } finally {
            lock.close();
        }
    }
}
