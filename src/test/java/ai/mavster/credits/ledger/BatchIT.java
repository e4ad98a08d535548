package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What happens to commands that pile up. The service has one small lane, and the test blocks it: it holds a lock on the
 * table of the accounts. Whatever is sent then waits in the queue, and becomes one batch as soon as the test lets go.
 */
class BatchIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int QUEUE = 40;
    private static final String BLOCKED = "blocked";
    private static final List<String> ACCOUNTS = List.of("batch-1", "batch-2", "batch-3");

    /** Postings of different accounts with one transaction id: they were committed together. */
    private static final String TRANSACTIONS_OVER_ACCOUNTS = """
            SELECT count(*) FROM (SELECT 1 FROM posting WHERE idempotency_key LIKE ? || '%'
                                  GROUP BY xmin::text HAVING count(DISTINCT account_id) > 1) t""";

    private static ServiceProcess service;
    private static ServiceClient client;
    private static LedgerRows rows;
    private static Map<String, String> environment;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws Exception {
        DatabaseAddress database = TestDatabase.empty("batch");
        environment = new HashMap<>(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password(),
                "CREDITS_LEDGER_LANES", "1",
                "CREDITS_LEDGER_QUEUE", Integer.toString(QUEUE),
                // Nobody shall give up only because this machine is busy.
                "CREDITS_LEDGER_ANSWER_WITHIN", "60S"));
        service = ServiceProcess.start(environment);
        client = new ServiceClient(service);
        rows = new LedgerRows(database);
        client.open(BLOCKED, 3000);
        for (String accountId : ACCOUNTS) {
            client.open(accountId, 3000);
        }
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        service.close();
    }

    /** Requests that wait behind the lock: as many as the queue takes, and the one that the lane has in hand. */
    private static final class Pile implements AutoCloseable {

        private final Connection lock = rows.lockAll();
        private final AtomicInteger turnedAway = new AtomicInteger();
        private final List<Future<ServiceClient.Reply>> replies = new ArrayList<>();

        Pile(String name) throws Exception {
            add(() -> client.debit(BLOCKED, name + "-blocked", 1));
            rows.awaitWaiting(1);
        }

        void add(Callable<ServiceClient.Reply> request) {
            replies.add(THREADS.submit(() -> {
                ServiceClient.Reply reply = request.call();
                if (reply.code().equals("overloaded")) {
                    turnedAway.incrementAndGet();
                }
                return reply;
            }));
        }

        /** The queue is full once requests are turned away, and those that were not are in it. */
        void awaitFull() {
            int tooMany = replies.size() - 1 - QUEUE;
            Eventually.holds(
                    DEADLINE, () -> turnedAway.get() == tooMany, () -> tooMany + " are turned away: " + turnedAway);
        }

        List<ServiceClient.Reply> release() throws Exception {
            lock.close();
            List<ServiceClient.Reply> all = new ArrayList<>();
            for (Future<ServiceClient.Reply> reply : replies) {
                all.add(reply.get());
            }
            return all;
        }

        @Override
        public void close() throws SQLException {
            lock.close();
        }
    }

    private static String account(int i) {
        return ACCOUNTS.get(i % ACCOUNTS.size());
    }

    @Test
    void aFullQueueTurnsAwayWithoutEffect() throws Exception {
        try (Pile pile = new Pile("full")) {
            for (int i = 0; i < QUEUE + 10; i++) {
                String key = "full-" + i;
                String accountId = account(i);
                pile.add(() -> client.debit(accountId, key, 1));
            }
            pile.awaitFull();

            List<ServiceClient.Reply> replies = pile.release();

            for (int i = 0; i < QUEUE + 10; i++) {
                ServiceClient.Reply reply = replies.get(i + 1);
                if (reply.status() == 201) {
                    assertThat(rows.postings(account(i), "full-" + i)).isOne();
                } else {
                    assertThat(reply.status()).isEqualTo(503);
                    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
                    assertThat(rows.postings(account(i), "full-" + i)).isZero();
                }
            }
            assertThat(rows.number(TRANSACTIONS_OVER_ACCOUNTS, "full")).isOne();
            prove();
        }
    }

    @Test
    void whoFindsTheHouseFullWaitsUntilOthersLeave() throws Exception {
        restartWithRoomForThree("1M");
        try (Pile pile = new Pile("door")) {
            for (int i = 0; i < 10; i++) {
                String key = "door-" + i;
                pile.add(() -> client.debit(ACCOUNTS.get(0), key, 1));
            }
            Eventually.holds(
                    DEADLINE,
                    () -> client.metric("requests_waiting", "") == 8 && client.metric("requests_under_way", "") == 3,
                    () -> "three are under way, and the others wait");
            assertThat(rows.number("SELECT count(*) FROM posting WHERE idempotency_key LIKE 'door-%'"))
                    .isZero();

            assertThat(pile.release())
                    .extracting(ServiceClient.Reply::status)
                    .hasSize(11)
                    .containsOnly(201);
            Eventually.holds(
                    DEADLINE,
                    () -> client.metric("requests_waiting", "") == 0 && client.metric("requests_under_way", "") == 0,
                    () -> "nobody is left");
            prove();
        } finally {
            restartWithRoom();
        }
    }

    private void restartWithRoomForThree(String admittedWithin) throws Exception {
        service.close();
        environment.put("CREDITS_REQUESTS", "3");
        environment.put("CREDITS_REQUESTS_ADMITTED_WITHIN", admittedWithin);
        restart();
    }

    private void restartWithRoom() throws Exception {
        service.close();
        environment.remove("CREDITS_REQUESTS");
        environment.remove("CREDITS_REQUESTS_ADMITTED_WITHIN");
        restart();
    }

    @Test
    void aFullHouseTurnsAwayAtTheDoor() throws Exception {
        restartWithRoomForThree("1S");
        try (Pile pile = new Pile("house")) {
            for (int i = 0; i < 10; i++) {
                String key = "house-" + i;
                pile.add(() -> client.debit(ACCOUNTS.get(0), key, 1));
            }
            Eventually.holds(
                    DEADLINE,
                    () -> pile.turnedAway.get() == 8,
                    () -> "three are under way, and the others are turned away");
            assertThat(client.get("/q/health/ready").status()).isEqualTo(200);

            List<ServiceClient.Reply> replies = pile.release();

            assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(3);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 503)
                    .hasSize(8)
                    .allSatisfy(reply -> assertThat(reply.headers().firstValue("Retry-After"))
                            .isPresent());
            assertThat(rows.number("SELECT count(*) FROM posting WHERE idempotency_key LIKE 'house-%'"))
                    .isEqualTo(3);
            ServiceClient.expect(201, client.debit(ACCOUNTS.get(1), "after-house", 1));
        } finally {
            restartWithRoom();
        }
    }

    @Test
    void repeatsWithinOneBatchFoldIntoOneEffect() throws Exception {
        try (Pile pile = new Pile("same")) {
            for (int i = 0; i < QUEUE + 1; i++) {
                pile.add(() -> client.debit(ACCOUNTS.get(0), "same", 3));
            }
            pile.awaitFull();

            List<ServiceClient.Reply> replies = pile.release();

            assertThat(replies.subList(1, replies.size()))
                    .filteredOn(reply -> reply.status() == 201)
                    .hasSize(QUEUE)
                    .filteredOn(reply -> !reply.replayed())
                    .hasSize(1);
            assertThat(rows.postings(ACCOUNTS.get(0), "same")).isOne();
            prove();
        }
    }

    @Test
    void aPoisonousCommandFailsAlone() throws Exception {
        client.open("poisoned", 3000);
        // The next entry's place is taken already: writing it violates the primary key, whatever the command is.
        rows.execute("""
                INSERT INTO entry SELECT account_id, seq + 1, posting_id, grant_id, credits, balance_after, hash
                FROM entry WHERE account_id = 'poisoned'""");
        try (Pile pile = new Pile("poison")) {
            for (int i = 0; i < QUEUE + 1; i++) {
                String key = "poison-" + i;
                String accountId = i % 10 == 5 ? "poisoned" : account(i);
                pile.add(() -> client.debit(accountId, key, 1));
            }
            pile.awaitFull();

            List<ServiceClient.Reply> replies = pile.release();

            for (int i = 0; i < QUEUE + 1; i++) {
                ServiceClient.Reply reply = replies.get(i + 1);
                if (reply.status() != 503) {
                    assertThat(reply.status()).isEqualTo(i % 10 == 5 ? 500 : 201);
                    assertThat(reply.body().toString()).doesNotContain("Exception", "entry_pkey", "java");
                }
            }
        }
        assertThat(rows.number("SELECT count(*) FROM posting WHERE account_id = 'poisoned' AND kind = 'debit'"))
                .isZero();
        rows.execute("DELETE FROM entry WHERE account_id = 'poisoned' AND seq = 2");
        ServiceClient.expect(201, client.debit("poisoned", "antidote", 1));
        client.prove("poisoned");
        prove();
    }

    @Test
    void oneAccountATransactionWhereTheSettingSaysSo() throws Exception {
        service.close();
        environment.put("CREDITS_LEDGER_ACCOUNTS_PER_TRANSACTION", "1");
        restart();
        try (Pile pile = new Pile("single")) {
            for (int i = 0; i < QUEUE + 1; i++) {
                String key = "single-" + i;
                String accountId = account(i);
                pile.add(() -> client.debit(accountId, key, 1));
            }
            pile.awaitFull();

            assertThat(pile.release())
                    .filteredOn(reply -> reply.status() == 201)
                    .hasSize(QUEUE + 1);
            assertThat(rows.number("SELECT count(*) FROM posting WHERE idempotency_key LIKE 'single-%'"))
                    .isEqualTo(QUEUE + 1);
            assertThat(rows.number(TRANSACTIONS_OVER_ACCOUNTS, "single")).isZero();
            prove();
        } finally {
            service.close();
            environment.remove("CREDITS_LEDGER_ACCOUNTS_PER_TRANSACTION");
            restart();
        }
    }

    @Test
    void aStoppingServiceCarriesOutWhatItHasTaken() throws Exception {
        try (Pile pile = new Pile("stop")) {
            for (int i = 0; i < QUEUE + 1; i++) {
                String key = "stop-" + i;
                String accountId = account(i);
                pile.add(() -> client.debit(accountId, key, 1));
            }
            pile.awaitFull();
            service.terminate();
            Eventually.holds(
                    DEADLINE,
                    () -> service.log().contains("Waiting for HTTP requests to complete"),
                    () -> "the service is stopping");

            List<ServiceClient.Reply> replies = pile.release();

            assertThat(service.awaitExit()).isEqualTo(143);
            assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(QUEUE + 1);
            assertThat(rows.number("SELECT count(*) FROM posting WHERE idempotency_key LIKE 'stop-%'"))
                    .isEqualTo(QUEUE + 1);
        }
        restart();
        prove();
    }

    private static void restart() {
        service = ServiceProcess.start(environment);
        client = new ServiceClient(service);
    }

    private static void prove() throws Exception {
        for (String accountId : ACCOUNTS) {
            client.prove(accountId);
        }
        rows.check();
    }
}
