package ai.mavster.credits.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of the data of an embedded PostgreSQL that runs, by PostgreSQL's own protocol for base backups
 * (<a href="https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">25.3.4</a>): the
 * files as they are found, one after another while they are written, and all of the log that makes them agree. A start
 * on the copy recovers the database as it was when the backup ended.
 */
final class Backup {

    /** Made anew by the server, or of no use to another one; of the directories the content. */
    private static final Set<String> LEFT_OUT = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans",
            "postmaster.pid",
            "postmaster.opts",
            "backup_label.old",
            "tablespace_map.old",
            "pg_internal.init");

    private static final String TEMPORARY = "pgsql_tmp";

    /** Its first sector says where recovery begins. Last, so that it is never older than what it speaks of. */
    private static final Path CONTROL = Path.of("global", "pg_control");

    private static final String SEGMENT = "[0-9A-F]{24}";

    private final Path database;
    private final BackupFiles target;
    private final PrintStream out;

    private Backup(Path database, BackupFiles target, PrintStream out) {
        this.database = database;
        this.target = target;
        this.out = out;
    }

    /**
     * @param server where its superuser signs in
     * @param directory what does not exist yet, or is empty
     */
    static void make(DatabaseAddress server, Path database, Path directory, PrintStream out)
            throws IOException, SQLException, StartFailure {
        BackupFiles target = BackupFiles.create(directory);
        try (Connection connection = server.connect()) {
            new Backup(database, target, out).copy(connection);
            target.complete();
        } finally {
            target.discardIfIncomplete();
        }
    }

    private void copy(Connection connection) throws IOException, SQLException {
        // It ends with the connection. Until then no log is recycled that the copy will need.
        ask(connection, "SELECT slot_name FROM pg_create_physical_replication_slot(?, true, true)", slot());
        // The copy must not begin with a checkpoint that ended before the slot was there.
        String first = ask(connection, "SELECT pg_walfile_name(pg_backup_start(?, fast => true))", "mavster-credits");
        copyDatabase();
        String last;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_walfile_name(lsn), labelfile" + " FROM pg_backup_stop(wait_for_archive => false)")) {
            row.next();
            last = row.getString(1);
            target.write(Path.of("backup_label"), row.getString(2).getBytes(StandardCharsets.UTF_8));
        }
        copyLog(first, last);
    }

    private static String slot() {
        return "credits_backup_" + ProcessHandle.current().pid();
    }

    private static String ask(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private void copyDatabase() throws IOException {
        List<Path> files = new ArrayList<>();
        long[] size = new long[1];
        Files.walkFileTree(database, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                target.createDirectory(database.relativize(directory));
                return isLeftOut(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isLeftOut(file)) {
                    files.add(database.relativize(file));
                    size[0] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // dropped meanwhile
                }
                throw failure;
            }
        });
        files.remove(CONTROL);
        files.add(CONTROL);
        Progress progress = new Progress(out, size[0]);
        for (Path file : files) {
            try {
                progress.add(target.copy(database.resolve(file), file));
            } catch (NoSuchFileException e) {
                // A table or an index that was dropped meanwhile: the log says so, too.
            }
        }
    }

    private static boolean isLeftOut(Path file) {
        String name = file.getFileName().toString();
        return LEFT_OUT.contains(name) || name.startsWith(TEMPORARY);
    }

    private void copyLog(String first, String last) throws IOException {
        List<String> segments;
        try (Stream<Path> files = Files.list(database.resolve("pg_wal"))) {
            segments = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(SEGMENT))
                    .filter(name -> first.compareTo(name) <= 0 && name.compareTo(last) <= 0)
                    .sorted()
                    .toList();
        }
        if (!segments.contains(first) || !segments.contains(last)) {
            throw new IOException("the log from " + first + " to " + last + " is not all there: " + segments);
        }
        for (String segment : segments) {
            target.copy(database.resolve("pg_wal").resolve(segment), Path.of("pg_wal", segment));
        }
    }

    /** A line for each tenth. */
    private static final class Progress {

        private static final long MEGABYTE = 1_000_000;
        private final PrintStream out;
        private final long total;
        private long copied;
        private long tenths;

        Progress(PrintStream out, long total) {
            this.out = out;
            this.total = Math.max(1, total);
        }

        void add(long bytes) {
            copied += bytes;
            if (copied * 10 / total > tenths) {
                tenths = copied * 10 / total;
                out.printf("Copied %d of %d MB%n", copied / MEGABYTE, Math.max(total, copied) / MEGABYTE);
            }
        }
    }
}
