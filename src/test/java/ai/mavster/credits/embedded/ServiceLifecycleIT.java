package ai.mavster.credits.embedded;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged service as its operator meets it: started, stopped, killed, and started where it cannot be. */
class ServiceLifecycleIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void startsFromNothingStopsCleanlyAndStartsAgainWithItsData() throws Exception {
        Path data = TestDatabase.temporaryDirectory("data").resolve("made/by/the/service");
        Map<String, String> environment = Map.of("CREDITS_DATA_DIR", data.toString());
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            assertThat(ask(service.database(), "show fsync")).isEqualTo("on");
            assertThat(ask(service.database(), "show synchronous_commit")).isEqualTo("on");
            execute(service.database(), "create table kept as select 7 as number");

            service.terminate();

            assertThat(service.awaitExit()).isEqualTo(143);
            assertThat(processesIn(data)).isEmpty();
        }
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            assertThat(ask(service.database(), "select number from kept")).isEqualTo("7");

            try (ServiceProcess second = ServiceProcess.launch(environment)) {
                assertThat(second.awaitExit()).isEqualTo(2);
                assertThat(second.log()).contains("in use by process " + service.pid(), "CREDITS_DATA_DIR");
            }
            assertThat(service.readiness()).isEqualTo(200);

            assumeTrue(ServiceProcess.hasSessions());
            service.interrupt();

            assertThat(service.awaitExit()).isEqualTo(130);
            assertThat(service.log()).contains("mavster-credits stopped").doesNotContain("ERROR", "Exception");
            assertThat(processesIn(data)).isEmpty();
            // PostgreSQL was asked to stop once, and only after the application had let go of its connections.
            assertThat(Files.readString(data.resolve("postgresql.log")))
                    .contains("database system is shut down")
                    .doesNotContain("terminating connection");
        } finally {
            Binaries.delete(data);
        }
    }

    @Test
    void startsAgainAfterItWasKilledWhetherOrNotItsDatabaseStillRuns() throws Exception {
        Path data = TestDatabase.temporaryDirectory("data");
        TestDatabase.shareBinaries(data);
        Map<String, String> environment = Map.of("CREDITS_DATA_DIR", data.toString());
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            execute(service.database(), "create table kept as select 7 as number");
            // Without the shell that watches over the service, its database outlives it.
            ProcessHandle.of(service.pid()).stream()
                    .flatMap(ProcessHandle::children)
                    .filter(child -> child.info().command().orElse("").contains("sh"))
                    .forEach(ProcessHandle::destroyForcibly);
            service.kill();
            assertThat(processesIn(data)).isNotEmpty();
        }
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            assertThat(ask(service.database(), "select number from kept")).isEqualTo("7");
            service.kill();
            Eventually.holds(
                    DEADLINE, () -> processesIn(data).isEmpty(), () -> "the database has ended with its service");
        }
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            assertThat(ask(service.database(), "select number from kept")).isEqualTo("7");
        } finally {
            Binaries.delete(data);
        }
    }

    @Test
    void usesTheDatabaseItIsGivenStartsNoOtherAndRidesOutItsDeath() throws Exception {
        Path data = TestDatabase.temporaryDirectory("data").resolve("unused");
        try (KillablePostgres postgres = KillablePostgres.start();
                ServiceProcess service = ServiceProcess.start(Map.of(
                        "CREDITS_DB_URL", postgres.address().url(),
                        "CREDITS_DB_USER", postgres.address().user(),
                        "CREDITS_DB_PASSWORD", postgres.address().password(),
                        "CREDITS_DATA_DIR", data.toString(),
                        "CREDITS_SHUTDOWN_DELAY", "PT3S"))) {
            assertThat(ask(postgres.address(), "select count(*) > 0 from flyway_schema_history"))
                    .isEqualTo("t");
            assertThat(data).doesNotExist();

            postgres.kill();
            Eventually.holds(DEADLINE, () -> service.readiness() == 503, () -> "the service is not ready");
            postgres.restart();
            service.awaitReady();

            service.terminate();
            Eventually.holds(DEADLINE, () -> service.readiness() == 503, () -> "it asks for no more requests");
            assertThat(get(service.url().resolve("/v1/plans").toString(), ServiceProcess.ADMIN_KEY))
                    .as("while those that come are served")
                    .isEqualTo(200);
            assertThat(service.awaitExit()).isEqualTo(143);
        }
    }

    private static int get(String url, String key) {
        return given().header("Authorization", "Bearer " + key).get(url).statusCode();
    }

    @Test
    void saysInOneLineWhyItCannotStart() throws Exception {
        Path file = TestDatabase.temporaryDirectory("data").resolve("file");
        Files.writeString(file, "");
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(0));
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(Map.of("CREDITS_HTTP_PORT", port), "Port " + port + " is in use", "CREDITS_HTTP_PORT");
        }
        assertRefused(Map.of("CREDITS_HTTP_PORT", "http"), "CREDITS_HTTP_PORT must be a port number");
        assertRefused(
                Map.of("CREDITS_DB_URL", "postgres://ann:secret@db/credits"),
                "CREDITS_DB_URL must have the form jdbc:postgresql://host:port/database");
        assertRefused(Map.of("CREDITS_DATA_DIR", file.toString()), file.toString(), "CREDITS_DATA_DIR");
    }

    private static void assertRefused(Map<String, String> environment, String... said) {
        try (ServiceProcess service = ServiceProcess.launch(environment)) {
            assertThat(service.awaitExit()).isEqualTo(2);
            assertThat(service.log()).contains(said).doesNotContain("secret", "\tat ");
            assertThat(service.log().lines().filter(line -> !line.startsWith("Starting the embedded")))
                    .hasSize(1);
        }
    }

    /**
     * PostgreSQL's processes work inside their data directory; where the system does not tell, the server's command
     * line names it.
     */
    private static List<Long> processesIn(Path data) throws IOException {
        if (!Files.isDirectory(Path.of("/proc"))) {
            return ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                    .map(ProcessHandle::pid)
                    .toList();
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> worksIn(process, data.resolve("database")))
                    .map(process -> Long.parseLong(process.getFileName().toString()))
                    .toList();
        }
    }

    private static boolean worksIn(Path process, Path directory) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(directory);
        } catch (IOException e) {
            return false; // it has ended, or is none of ours
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
