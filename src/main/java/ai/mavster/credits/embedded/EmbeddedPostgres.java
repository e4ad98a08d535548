package ai.mavster.credits.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of this process's own, with its data in one directory: {@code database} holds the data,
 * {@code password} the secret of its roles, {@code postgresql.log} what the server says, {@code lock} who uses the
 * directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The database, and the role that owns it. */
    private static final String NAME = "credits";

    private static final String SUPERUSER = "postgres";

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

    private final Path database;
    private final DirectoryLock lock;
    private final PostgresTools tools;
    private final String password;
    private final int port;
    private final @Nullable Process watch;

    private EmbeddedPostgres(
            Path database,
            DirectoryLock lock,
            PostgresTools tools,
            String password,
            int port,
            @Nullable Process watch) {
        this.database = database;
        this.lock = lock;
        this.tools = tools;
        this.password = password;
        this.port = port;
        this.watch = watch;
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
        Path home = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new StartFailure("The data directory " + home + " cannot be made (" + e
                    + "). Set CREDITS_DATA_DIR to a directory that the service may write.");
        }
        DirectoryLock lock = DirectoryLock.acquire(home);
        try {
            return launch(home, lock, port, settings);
        } catch (IOException e) {
            lock.close();
            throw new StartFailure("The embedded PostgreSQL in " + home + " did not start: " + e.getMessage(), e);
        } catch (StartFailure e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(Path directory, DirectoryLock lock, int port, Map<String, String> settings)
            throws IOException, StartFailure {
        Path binaries = Binaries.in(directory);
        PostgresTools tools = PostgresTools.of(binaries, directory.resolve("tools.log"));
        Path database = database(directory);
        stopLeftover(tools, database);
        Binaries.deleteOthers(directory, binaries);
        String password = password(directory);
        if (!Files.exists(database.resolve("PG_VERSION"))) {
            initialize(tools, directory, password);
        }
        int chosen = port == 0 ? freePort() : port;
        startServer(tools, directory, chosen, settings);
        return new EmbeddedPostgres(database, lock, tools, password, chosen, watch(database));
    }

    private static Path database(Path directory) {
        return directory.resolve("database");
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

    private static void initialize(PostgresTools tools, Path directory, String password) throws IOException {
        // Made beside and moved into place, so that what a crash left half-done is never taken for a database, and so
        // that later starts need not ask whether all of it is there.
        Path unfinished = directory.resolve("database-unfinished");
        Binaries.delete(unfinished);
        List<String> arguments = List.of(
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + directory.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The order of texts must not change with the machine's C library under the indexes.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (tools.run("initdb", arguments) != 0) {
            throw new IOException("initdb failed" + System.lineSeparator() + tools.printed());
        }
        createDatabase(tools, unfinished, password);
        Files.move(unfinished, database(directory));
    }

    /** In single-user mode: a server that nobody can connect to yet, as {@code initdb} uses it itself. */
    private static void createDatabase(PostgresTools tools, Path data, String password) throws IOException {
        List<String> arguments = List.of("--single", "-D", data.toString(), "-c", "exit_on_error=on", SUPERUSER);
        List<String> statements = List.of(
                "create role " + NAME + " login password '" + password + "'",
                "create database " + NAME + " owner " + NAME);
        if (tools.run("postgres", arguments, statements) != 0) {
            throw new IOException("the database was not created" + System.lineSeparator() + tools.printed());
        }
    }

    private static void startServer(PostgresTools tools, Path directory, int port, Map<String, String> settings)
            throws IOException {
        Map<String, String> all = new TreeMap<>(SETTINGS);
        all.putAll(settings);
        StringBuilder options = new StringBuilder("-p " + port);
        all.forEach(
                (name, value) -> options.append(" -c ").append(name).append('=').append(value));
        Path log = directory.resolve("postgresql.log");
        Files.deleteIfExists(log);
        // pg_ctl gives the server a session of its own, out of reach of a terminal's Ctrl-C.
        List<String> arguments = List.of(
                "start",
                "--wait",
                "--timeout=240",
                "--pgdata=" + database(directory),
                "--log=" + log,
                "--options=" + options);
        if (tools.run("pg_ctl", arguments) != 0) {
            throw new IOException("see " + log + System.lineSeparator() + PostgresTools.end(log));
        }
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

    private static String password(Path directory) throws IOException {
        Path file = directory.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
            Path unfinished = directory.resolve("password-unfinished");
            Files.deleteIfExists(unfinished);
            if (posix) {
                Files.createFile(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(unfinished, HexFormat.of().formatHex(random));
            Files.move(unfinished, file);
        }
        return Files.readString(file).strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where the service's database is. */
    public DatabaseAddress address() {
        return new DatabaseAddress(url(NAME), NAME, password);
    }

    /** Where somebody who may do everything signs in. */
    DatabaseAddress administration() {
        return new DatabaseAddress(url(SUPERUSER), SUPERUSER, password);
    }

    int port() {
        return port;
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** Stops the server, waits until it has, and leaves the directory to others. */
    @Override
    public void close() throws IOException {
        try {
            if (watch != null) {
                watch.destroyForcibly(); // or it would signal an id that may by then be another process's
            }
            if (Postmaster.of(database).isPresent()) {
                stop(tools, database);
            }
        } finally {
            lock.close();
        }
    }
}
