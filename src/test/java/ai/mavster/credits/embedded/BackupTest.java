package ai.mavster.credits.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands {@code backup} and {@code restore}. */
class BackupTest {

    private Path directory;
    private Path data;
    private Path backup;

    @BeforeEach
    void prepareDirectory() {
        directory = TestDatabase.temporaryDirectory("backup");
        data = directory.resolve("data");
        backup = directory.resolve("kept").resolve("backup");
        TestDatabase.shareBinaries(data);
        TestDatabase.shareBinaries(directory.resolve("restored"));
    }

    @AfterEach
    void removeDirectory() throws Exception {
        Binaries.delete(directory);
    }

    private String run(int exitCode, Path dataDirectory, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = DatabaseCommand.run(
                Map.of("CREDITS_DATA_DIR", dataDirectory.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                arguments);
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isEqualTo(exitCode);
        return said;
    }

    @Test
    void whatWasCommittedBeforeItEndedIsThereAfterARestoreAndNoneOfItInPart() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        int before;
        int after;
        try (EmbeddedPostgres server = EmbeddedPostgres.start(data)) {
            execute(server.address(), "create table pair (number int, half int, filler text)");
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(server.address(), committed));
            Eventually.holds(Duration.ofSeconds(20), () -> committed.get() > 10, () -> "something is written");
            before = committed.get();
            assertThat(run(0, data, "backup", backup.toString())).contains(backup.toString());
            after = committed.get();
            execute(server.address(), "drop table pair");
            writing.handle((done, failure) -> failure).join();
        }
        assertThat(backup.resolve("password")).doesNotExist();

        Path restored = directory.resolve("restored");
        assertThat(run(0, restored, "restore", backup.toString())).contains("GET /v1/proof");

        try (EmbeddedPostgres server = EmbeddedPostgres.start(restored)) {
            assertThat(ask(server.address(), "select count(*) from pair where half = 1"))
                    .isBetween(before, after + 1);
            assertThat(ask(server.address(), "select count(distinct number) from pair"))
                    .isEqualTo(ask(server.address(), "select max(number) from pair"));
            assertThat(ask(
                            server.address(),
                            "select count(*) from (select from pair group by number having count(*) <> 2) odd"))
                    .isZero();
            assertThat(ask(server.administration(), "select count(*) from pg_replication_slots"))
                    .isZero();
        }
    }

    /** Pairs of rows, numbered from 1 without a gap, until there is no table any more. */
    private static void write(DatabaseAddress database, AtomicInteger committed) {
        try (Connection connection = database.connect();
                PreparedStatement insert =
                        connection.prepareStatement("insert into pair values (?, 1, ?), (?, 2, ?)")) {
            while (true) {
                insert.setInt(1, committed.get() + 1);
                insert.setString(2, "x".repeat(5_000));
                insert.setInt(3, committed.get() + 1);
                insert.setString(4, "y".repeat(5_000));
                insert.execute();
                committed.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itIsMadeOfADatabaseThatDoesNotRunToo() throws Exception {
        made();
        Path restored = directory.resolve("restored");
        run(0, restored, "restore", backup.toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.start(restored)) {
            assertThat(ask(server.address(), "select number from kept")).isEqualTo(7);
        }
    }

    private void made() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(data)) {
            execute(server.address(), "create table kept as select 7 as number");
        }
        run(0, data, "backup", backup.toString());
    }

    @Test
    void nothingIsWrittenOver() throws Exception {
        made();
        assertThat(run(2, data, "backup", backup.toString())).contains(backup.toString(), "new");
        assertThat(run(2, data, "restore", backup.toString())).contains("already", "CREDITS_DATA_DIR");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(data)) {
            assertThat(ask(server.address(), "select number from kept")).isEqualTo(7);
            assertThat(run(2, data, "restore", backup.toString())).contains("in use by process");
        }
    }

    @Test
    void oneThatWasChangedOrIsNotCompleteIsRefused() throws Exception {
        made();
        Path restored = directory.resolve("restored");
        Path file = backup.resolve("database/PG_VERSION");
        String content = Files.readString(file);
        Files.writeString(file, "19\n");
        assertThat(run(2, restored, "restore", backup.toString())).contains("database/PG_VERSION", "changed");
        Files.delete(file);
        assertThat(run(2, restored, "restore", backup.toString())).contains("database/PG_VERSION", "missing");
        Files.writeString(file, content);
        Files.move(backup.resolve("SHA256SUMS"), backup.resolve("sums"));
        assertThat(run(2, restored, "restore", backup.toString())).contains("no complete backup");
        assertThat(names(restored)).doesNotContain("database", "database-unfinished");

        Files.move(backup.resolve("sums"), backup.resolve("SHA256SUMS"));
        run(0, restored, "restore", backup.toString());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void itSaysWhatItNeeds() {
        assertThat(run(2, data, "backup")).contains("Usage", "CREDITS_DATA_DIR");
        assertThat(run(2, data, "backup", backup.toString())).contains("no database in " + data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(DatabaseCommand.run(
                        Map.of("CREDITS_DB_URL", "jdbc:postgresql://db/credits"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        "backup",
                        backup.toString()))
                .isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("pg_basebackup");
    }

    private static void execute(DatabaseAddress database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int ask(DatabaseAddress database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
