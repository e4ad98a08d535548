package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    /** The caller notices nothing; and who repeats the key is told that it is a repeat. */
    private static void isOnceAndFirst(CommitProxy.Fault fault, String key) throws Exception {
        proxy.arm(fault);
        ServiceClient.Reply reply = ServiceClient.expect(201, client.debit(ACCOUNT, key, 5));
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(reply.replayed()).isFalse();
        assertThat(rows.postings(ACCOUNT, key)).isOne();

        ServiceClient.Reply again = ServiceClient.expect(201, client.debit(ACCOUNT, key, 5));
        assertThat(again.replayed()).isTrue();
        assertThat(again.body()).isEqualTo(reply.body());
        assertThat(rows.postings(ACCOUNT, key)).isOne();
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
