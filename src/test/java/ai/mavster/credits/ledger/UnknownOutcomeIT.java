package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connection is lost while the ledger commits, so that it cannot know whether it has. */
class UnknownOutcomeIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String ACCOUNT = "unknown-1";

    private static CommitProxy proxy;
    private static ServiceProcess service;
    private static ServiceClient client;
    private static LedgerRows rows;

    @BeforeAll
    static void start() throws Exception {
        DatabaseAddress database = TestDatabase.empty("unknown_outcome");
        URI url = URI.create(database.url().substring("jdbc:".length()));
        proxy = new CommitProxy(url.getPort());
        service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL",
                        "jdbc:postgresql://127.0.0.1:" + proxy.port() + url.getPath()
                                + "?sslmode=disable&gssEncMode=disable",
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password()));
        client = new ServiceClient(service);
        rows = new LedgerRows(database);
        client.open(ACCOUNT, 3000);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        proxy.close();
    }

    @AfterEach
    void check() throws Exception {
        client.prove(ACCOUNT);
        rows.check();
    }

    @Test
    void theAnswerToTheCommitIsLost() throws Exception {
        isOnceAndFirst(CommitProxy.Fault.LOSE_ANSWER, "lost-answer");
    }

    @Test
    void theCommitIsLost() throws Exception {
        isOnceAndFirst(CommitProxy.Fault.LOSE_COMMIT, "lost-commit");
    }

    @ParameterizedTest
    @CsvSource({"LOSE_ANSWER, LOSE_ANSWER", "LOSE_COMMIT, LOSE_ANSWER", "LOSE_ANSWER, LOSE_COMMIT"})
    void twoInARowAreLost(CommitProxy.Fault first, CommitProxy.Fault second) throws Exception {
        isOnceAndFirst("/debits", "two-%s-%s".formatted(first, second), "{\"credits\": 5}", first, second);
    }

    /** The other kinds of command that move credits, those of features among them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /top-ups             | {"credits": 5}
            /grants              | {"credits": 5, "kind": "promotional", "reason": "R", "expires_at": "2099-01-01T00:00:00Z"}
            /runs                | {"run_id": "started-in-doubt", "hold": 5}
            /runs/running/hold   | {"credits": 5}
            /runs/running/debits | {"credits": 5}
            """)
    void whateverTheCommand(String path, String body) throws Exception {
        client.post("/v1/accounts/" + ACCOUNT + "/runs", "running", "{\"run_id\": \"running\"}");
        isOnceAndFirst(path, "kind" + path, body, CommitProxy.Fault.LOSE_ANSWER, CommitProxy.Fault.LOSE_ANSWER);
    }

    /** Of a bulk each debit is told for itself; one that comes twice in it is a repeat the second time. */
    @Test
    void theDebitsOfABulk() throws Exception {
        String debit = "{\"account_id\": \"" + ACCOUNT + "\", \"idempotency_key\": \"bulk-%s\", \"credits\": 1}";
        String debits =
                "{\"debits\": [%s, %s, %s]}".formatted(debit.formatted(1), debit.formatted(2), debit.formatted(1));
        proxy.arm(CommitProxy.Fault.LOSE_ANSWER, CommitProxy.Fault.LOSE_ANSWER);
        JsonNode results = ServiceClient.expect(200, client.post("/v1/debits", null, debits))
                .body()
                .path("results");
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(results)
                .extracting(result -> result.path("status").asInt() + " " + result.has("replayed"))
                .containsExactly("201 false", "201 false", "201 true");
        assertThat(rows.postings(ACCOUNT, "bulk-1")).isOne();
    }

    private static void isOnceAndFirst(CommitProxy.Fault fault, String key) throws Exception {
        isOnceAndFirst("/debits", key, "{\"credits\": 5}", fault);
    }

    /** The caller notices nothing; and who repeats the key is told that it is a repeat. */
    private static void isOnceAndFirst(String path, String key, String body, CommitProxy.Fault... faults)
            throws Exception {
        String url = "/v1/accounts/" + ACCOUNT + path;
        proxy.arm(faults);
        ServiceClient.Reply reply = client.post(url, key, body);
        assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(reply.replayed()).isFalse();
        assertThat(keys(key)).isOne();

        ServiceClient.Reply again = ServiceClient.expect(reply.status(), client.post(url, key, body));
        assertThat(again.replayed()).isTrue();
        assertThat(again.body()).isEqualTo(reply.body());
        assertThat(keys(key)).isOne();
    }

    private static long keys(String key) throws Exception {
        return rows.number(
                "SELECT count(*) FROM idempotency_key WHERE account_id = ? AND idempotency_key = ?", ACCOUNT, key);
    }

    @Test
    void theDatabaseCannotBeAskedAfterwards() throws Exception {
        proxy.arm(CommitProxy.Fault.LOSE_ANSWER_AND_DATABASE);
        ServiceClient.Reply reply = ServiceClient.expect(503, client.debit(ACCOUNT, "unreachable", 5));
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(reply.code()).isEqualTo("outcome_unknown");
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        System.out.println(
                "UnknownOutcomeIT, outcome unknown in ms: " + reply.took().toMillis());
        // What had not begun to be committed had no effect, and its caller is told that.
        assertThat(ServiceClient.expect(503, client.debit(ACCOUNT, "never-sent", 5))
                        .code())
                .isEqualTo("unavailable");

        proxy.reconnect();
        Eventually.holds(
                DEADLINE,
                () -> {
                    ServiceClient.Reply again = client.debit(ACCOUNT, "unreachable", 5);
                    return again.status() == 201 && again.replayed();
                },
                () -> "the key tells what became of it");
        assertThat(rows.postings(ACCOUNT, "unreachable")).isOne();
        assertThat(rows.postings(ACCOUNT, "never-sent")).isZero();
    }

    /** As when a network splits: the database goes on holding the lock for a service that it cannot hear. */
    @Test
    void theCommitVanishesAndNobodyNotices() throws Exception {
        proxy.arm(CommitProxy.Fault.SWALLOW);
        ServiceClient.Reply reply = client.debit(ACCOUNT, "vanished", 5);
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(reply.status()).isIn(201, 503);
        System.out.println("UnknownOutcomeIT, vanished commit answered in ms: " + reply.status() + " "
                + reply.took().toMillis());
        assertThat(reply.took()).isLessThan(Duration.ofSeconds(15));

        long start = System.nanoTime();
        Eventually.holds(
                DEADLINE,
                () -> client.debit(ACCOUNT, "vanished", 5).status() == 201,
                () -> "the account can be written again");
        System.out.println("UnknownOutcomeIT, account writable again in ms: "
                + Duration.ofNanos(System.nanoTime() - start).toMillis());
        assertThat(rows.postings(ACCOUNT, "vanished")).isOne();
    }
}
