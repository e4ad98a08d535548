package ai.mavster.credits.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * A second server that has all that is committed on the first before anybody is told, and takes its place when it is
 * gone. The binaries that the tests bring along have no {@code pg_basebackup}, so its data is copied by the functions
 * that this is made of.
 */
public final class Standby implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Set<String> NOT_COPIED =
            Set.of("pg_wal", "postmaster.pid", "postmaster.opts", "pg_replslot", "pg_stat_tmp", "pg_subtrans");

    private final KillablePostgres server;

    private Standby(KillablePostgres server) {
        this.server = server;
    }

    /** Starts one, and returns when the primary waits for it at each commit. */
    public static Standby of(KillablePostgres primary) throws IOException, SQLException {
        Path directory = TestDatabase.temporaryDirectory("standby");
        String name = directory.getFileName().toString().replace('-', '_');
        try (Connection connection = connect(primary)) {
            execute(connection, "SELECT pg_backup_start('" + name + "', true)");
            copy(primary.directory(), directory);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                Files.writeString(directory.resolve("database/backup_label"), row.getString(1));
            }
        }
        follow(primary, directory.resolve("database"), name);
        Standby standby = new Standby(KillablePostgres.in(directory, primary.settings()));
        try (Connection connection = connect(primary)) {
            execute(connection, "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
            execute(connection, "SELECT pg_reload_conf()");
            Eventually.holds(DEADLINE, () -> isSynchronous(connection), () -> "the standby is synchronous");
        }
        return standby;
    }

    private static boolean isSynchronous(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'")) {
            row.next();
            return row.getInt(1) == 1;
        }
    }

    private static void follow(KillablePostgres primary, Path data, String name) throws IOException {
        for (String empty : Set.of("pg_wal/archive_status", "pg_replslot", "pg_stat_tmp", "pg_subtrans")) {
            Files.createDirectories(data.resolve(empty));
        }
        Files.createFile(data.resolve("standby.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "%nsynchronous_standby_names = ''%nprimary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=%s'%n"
                        .formatted(
                                primary.port(),
                                primary.administration().user(),
                                primary.administration().password(),
                                name),
                StandardOpenOption.APPEND,
                StandardOpenOption.CREATE);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from.resolve("password"), to.resolve("password"), StandardCopyOption.COPY_ATTRIBUTES);
        Path source = from.resolve("database");
        Path target = to.resolve("database");
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (isLeftOut(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.copy(directory, target.resolve(source.relativize(directory)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    if (!isLeftOut(file)) {
                        Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    }
                } catch (NoSuchFileException e) {
                    // Deleted meanwhile: the log says so too.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            private boolean isLeftOut(Path path) {
                return path.getParent().equals(source)
                        && NOT_COPIED.contains(path.getFileName().toString());
            }
        });
    }

    /** Takes the place of the primary, which must be dead by then. */
    public KillablePostgres promote() throws SQLException {
        try (Connection connection = connect(server)) {
            execute(connection, "SELECT pg_promote(true, 60)");
            execute(connection, "ALTER SYSTEM RESET primary_conninfo");
        }
        return server;
    }

    /** Nobody answers, and the primary waits. */
    public void freeze() throws IOException {
        server.freeze();
    }

    public void thaw() throws IOException {
        server.thaw();
    }

    /** One that was promoted is closed as what it has become. */
    @Override
    public void close() throws IOException {
        server.thaw();
        server.kill();
        server.close();
    }

    private static Connection connect(KillablePostgres server) throws SQLException {
        DatabaseAddress address = server.administration();
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
