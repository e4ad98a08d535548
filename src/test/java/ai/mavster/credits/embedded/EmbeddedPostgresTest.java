package ai.mavster.credits.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Path directory;

    @BeforeEach
    void prepareDirectory() {
        directory = TestDatabase.temporaryDirectory("embedded");
        TestDatabase.shareBinaries(directory);
    }

    @AfterEach
    void removeDirectory() throws Exception {
        Binaries.delete(directory);
    }

    @Test
    void keepsWhatItWasGivenAndNeverTradesSafetyForSpeed() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            assertThat(List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums"))
                    .allSatisfy(setting ->
                            assertThat(ask(server.address(), "show " + setting)).isEqualTo("on"));
            assertThat(ask(server.address(), "show server_encoding")).isEqualTo("UTF8");
            execute(server.address(), "create table kept as select 'Grüße' as word");
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            assertThat(ask(server.address(), "select word from kept")).isEqualTo("Grüße");
        }
    }

    @Test
    void letsNobodyInWithoutThePasswordAndGivesTheServiceNoMoreThanItsDatabase() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            DatabaseAddress address = server.address();
            assertThatThrownBy(() -> new DatabaseAddress(address.url(), "postgres", "").connect())
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> new DatabaseAddress(address.url(), "credits", "wrong").connect())
                    .hasMessageContaining("password authentication failed");
            assertThat(ask(address, "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
            assertThat(ask(address, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void oneProcessOwnsADirectory() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("CREDITS_DATA_DIR");
            assertThat(ask(server.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aProcessIdThatNowIsSomebodyElsesDoesNotKeepTheServerFromStarting() throws Exception {
        List<String> lines;
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            execute(server.address(), "create table kept as select 7 as number");
            lines = new ArrayList<>(Files.readAllLines(directory.resolve("database/postmaster.pid")));
        }
        Process stranger = new ProcessBuilder("cat").start(); // waits for input until the end of the test
        try {
            lines.set(0, Long.toString(stranger.pid()));
            Files.write(directory.resolve("database/postmaster.pid"), lines);

            try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
                assertThat(ask(server.address(), "select number from kept")).isEqualTo("7");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aStartThatWasCutOffIsBegunAnew() throws Exception {
        Files.createDirectories(directory.resolve("database-unfinished/base"));
        Files.writeString(directory.resolve("password-unfinished"), "half");
        Files.createDirectories(directory.resolve("postgresql-unfinished-1/bin"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            assertThat(ask(server.address(), "select 1")).isEqualTo("1");
        }
        assertThat(directory.resolve("postgresql-unfinished-1")).doesNotExist();
    }

    @Test
    void aServerThatWasKilledRecoversOnTheSamePort() throws Exception {
        try (KillablePostgres server = KillablePostgres.start()) {
            execute(server.address(), "create table kept as select 7 as number");
            server.kill();
            assertThatThrownBy(() -> server.address().connect()).isInstanceOf(SQLException.class);
            server.restart();
            assertThat(ask(server.address(), "select number from kept")).isEqualTo("7");
        }
    }

    @Test
    void oneThatEndsByItselfIsStartedAgainAtTheSamePortWithItsData() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            execute(server.address(), "create table kept as select 7 as number");
            List<String> givenUp = new CopyOnWriteArrayList<>();
            server.supervise(new Restarts(List.of(Duration.ZERO, Duration.ofMillis(100))), givenUp::add);

            kill();
            Eventually.holds(DEADLINE, () -> "7".equals(answer(server, "select number from kept")), () -> "it is back");
            kill();
            Eventually.holds(DEADLINE, () -> "7".equals(answer(server, "select number from kept")), () -> "it is back");
            assertThat(givenUp).isEmpty();
            kill();
            Eventually.holds(DEADLINE, () -> !givenUp.isEmpty(), () -> "it is given up");
            assertThat(givenUp.get(0)).contains(directory.toString(), "too often", "postgresql.log");
        }
    }

    @Test
    void oneThatCannotStartAgainIsGivenUpWithTheReason() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            List<String> givenUp = new CopyOnWriteArrayList<>();
            Files.move(directory.resolve("database/global/pg_control"), directory.resolve("taken"));
            server.supervise(new Restarts(List.of(Duration.ZERO)), givenUp::add);
            kill();
            Eventually.holds(DEADLINE, () -> !givenUp.isEmpty(), () -> "it is given up");
            assertThat(givenUp.get(0)).contains("pg_control", "postgresql.log");
        }
    }

    @Test
    void oneThatIsClosedStaysSo() throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start(directory);
        List<String> givenUp = new CopyOnWriteArrayList<>();
        server.supervise(new Restarts(List.of(Duration.ZERO)), givenUp::add);
        server.close();
        try (EmbeddedPostgres next = EmbeddedPostgres.start(directory)) {
            assertThat(ask(next.address(), "select 1")).isEqualTo("1");
        }
        assertThat(givenUp).isEmpty();
    }

    /** Only the postmaster: its sessions find out by themselves, some of them late. */
    private void kill() throws Exception {
        ProcessHandle postmaster = Postmaster.of(directory.resolve("database"))
                .flatMap(Postmaster::process)
                .orElseThrow();
        postmaster.destroyForcibly();
        Eventually.holds(DEADLINE, () -> !postmaster.isAlive(), () -> "it is dead");
    }

    private static String answer(EmbeddedPostgres server, String sql) {
        try {
            return ask(server.address(), sql);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    @Test
    void aDirectoryThatIsAFileIsRefusedInOneLine() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> EmbeddedPostgres.start(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("CREDITS_DATA_DIR")
                .hasMessageNotContaining("\n");
    }

    @Test
    void onlyPostgresqlUrlsAreTaken() throws Exception {
        assertThat(DatabaseAddress.fromEnvironment(Map.of())).isEmpty();
        assertThat(DatabaseAddress.fromEnvironment(Map.of("CREDITS_DB_URL", "  ")))
                .isEmpty();
        assertThat(DatabaseAddress.fromEnvironment(Map.of(
                        "CREDITS_DB_URL", "jdbc:postgresql://db/credits",
                        "CREDITS_DB_USER", "ann",
                        "CREDITS_DB_PASSWORD", "secret")))
                .hasValue(new DatabaseAddress("jdbc:postgresql://db/credits", "ann", "secret"));
        for (String url :
                List.of("postgresql://ann:secret@db/credits", "jdbc:mysql://db/credits", "jdbc:postgresql:")) {
            assertThatThrownBy(() -> DatabaseAddress.fromEnvironment(Map.of("CREDITS_DB_URL", url)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("CREDITS_DB_URL must have the form jdbc:postgresql://")
                    .hasMessageNotContaining("secret");
        }
    }

    private static void execute(DatabaseAddress database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(DatabaseAddress database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
