package ai.mavster.credits.waiting;

import static ai.mavster.credits.ledger.ServiceClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.ServiceClient;
import ai.mavster.credits.ledger.ServiceClient.Reply;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two processes at one database. Neither looks by itself within the time that is given here. */
class WaitingIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static Map<String, String> environment;
    private static DatabaseAddress database;
    private static ServiceProcess first;
    private static ServiceProcess second;

    @BeforeAll
    static void start() {
        database = TestDatabase.empty("waiting");
        environment = new HashMap<>(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password(),
                "CREDITS_WAITING_POLL_EVERY", "10m"));
        first = ServiceProcess.start(environment);
        second = ServiceProcess.start(environment);
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        first.close();
        second.close();
    }

    /** Waits at a service for more than the account has, which was seen once by then. */
    private static Future<Reply> poll(ServiceProcess service, String accountId) throws IOException {
        ServiceClient client = new ServiceClient(service);
        double before = client.metric("waiting_callers", "");
        double looks = client.metric("waiting_looks_total", "");
        Future<Reply> poll =
                THREADS.submit(() -> client.get("/v1/accounts/" + accountId + "/balance?wait=PT60S&for=credits:3040"));
        Eventually.holds(
                DEADLINE,
                () -> client.metric("waiting_callers", "") > before && client.metric("waiting_looks_total", "") > looks,
                () -> "nobody waits");
        return poll;
    }

    private static long millisUntil(Future<Reply> poll, String spendable) throws Exception {
        long begun = System.nanoTime();
        Reply reply = expect(200, poll.get());
        assertThat(reply.body().path("spendable").asText()).isEqualTo(spendable);
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    @Test
    void whatIsPostedAtOneProcessAnswersAtAnother() throws Exception {
        ServiceClient client = new ServiceClient(first);
        client.open("across", 3000);
        Future<Reply> poll = poll(second, "across");

        expect(201, client.topUp("across", "more", 40));

        assertThat(millisUntil(poll, "3040")).isLessThan(SOON.toMillis());
    }

    /** What was posted while nobody listened is seen as soon as somebody does. */
    @Test
    void aConnectionThatIsLostIsMadeAgainAndAllLookOnce() throws Exception {
        ServiceClient client = new ServiceClient(first);
        client.open("deaf", 3000);
        Future<Reply> poll = poll(second, "deaf");

        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%-listening' AND datname = 'waiting'");
        expect(201, client.topUp("deaf", "more", 40));

        assertThat(millisUntil(poll, "3040")).isLessThan(SOON.toMillis());
        Eventually.holds(DEADLINE, () -> listening() == 2, () -> "not both listen");
    }

    /** Queued at one process, which is killed; the other has heard of it by its own look, and starts it. */
    @Test
    void aQueuedRunStartsAtWhicheverProcessIsThere() throws Exception {
        Map<String, String> looking = new HashMap<>(environment);
        looking.put("CREDITS_WAITING_POLL_EVERY", "1s");
        ServiceClient client = new ServiceClient(first);
        client.open("queue", 3000);
        try (ServiceProcess third = ServiceProcess.start(looking);
                ServiceProcess fourth = ServiceProcess.start(looking)) {
            String body = "{\"run_id\": \"%s\", \"hold\": %d, \"when_refused\": \"queue\"}";
            ServiceClient killed = new ServiceClient(third);
            expect(202, killed.post("/v1/accounts/queue/runs", "one", body.formatted("one", 3010)));
            expect(201, client.topUp("queue", "ten", 10));
            awaitRunning("one");
            expect(202, killed.post("/v1/accounts/queue/runs", "two", body.formatted("two", 10)));
            third.kill();

            expect(201, client.topUp("queue", "more", 10));
            awaitRunning("two");
            assertThat(fourth.log()).doesNotContain("ERROR");
        }
        client.prove("queue");
    }

    private static void awaitRunning(String runId) {
        ServiceClient client = new ServiceClient(second);
        Eventually.holds(
                DEADLINE,
                () -> expect(200, client.get("/v1/accounts/queue/runs/" + runId))
                        .body()
                        .path("status")
                        .asText()
                        .equals("running"),
                () -> runId + " is running");
    }

    @Test
    void aServiceThatStopsAnswersWhoWaits() throws Exception {
        try (ServiceProcess third = ServiceProcess.start(environment)) {
            new ServiceClient(first).open("stopping", 3000);
            Future<Reply> poll = poll(third, "stopping");

            third.terminate();

            assertThat(millisUntil(poll, "3000")).isLessThan(SOON.toMillis());
            assertThat(third.awaitExit()).isEqualTo(143);
            assertThat(third.log()).doesNotContain("ERROR", "Exception");
        }
    }

    private static long listening() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%-listening' AND datname = 'waiting'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
