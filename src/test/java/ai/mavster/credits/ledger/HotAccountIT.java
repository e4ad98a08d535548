package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everybody wants the credits of one account, and there are enough for all but one. */
class HotAccountIT {

    private static final int THREADS = 64;
    private static final int DEBITS_EACH = 10;
    private static final int PAYMENTS = THREADS * DEBITS_EACH - 1;
    private static final int PRICE = 7;

    private static ServiceProcess first;
    private static ServiceProcess second;
    private static LedgerRows rows;

    @BeforeAll
    static void start() {
        DatabaseAddress database = TestDatabase.empty("hot_account");
        Map<String, String> environment = Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password());
        first = ServiceProcess.start(environment);
        second = ServiceProcess.start(environment);
        rows = new LedgerRows(database);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void oneProcessSpendsWhatThereIsAndNotOneDebitMore() throws Exception {
        spend("hot-1", List.of(new ServiceClient(first)));
    }

    @Test
    void twoProcessesOnOneDatabaseDoNotEither() throws Exception {
        spend("hot-2", List.of(new ServiceClient(first), new ServiceClient(second)));
    }

    private static void spend(String accountId, List<ServiceClient> clients) throws Exception {
        ServiceClient client = clients.get(0);
        client.open(accountId, (long) PAYMENTS * PRICE);

        Map<Integer, Long> statuses = debitFromAllThreads(accountId, clients);

        assertThat(statuses).isEqualTo(Map.of(201, (long) PAYMENTS, 402, 1L));
        assertThat(client.balance(accountId)).isZero();
        client.prove(accountId);
        rows.check();
        assertThat(rows.keys(accountId)).hasSize(PAYMENTS);
        // Grants are the other postings, and both of them were spent down to nothing.
        assertThat(rows.number("SELECT count(*) FROM posting WHERE account_id = ? AND kind = 'debit'", accountId))
                .isEqualTo(PAYMENTS);
        assertThat(rows.number("SELECT count(*) FROM credit_grant WHERE account_id = ? AND remaining = 0", accountId))
                .isEqualTo(2);
    }

    private static Map<Integer, Long> debitFromAllThreads(String accountId, List<ServiceClient> clients)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<List<Integer>>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            ServiceClient client = clients.get(thread % clients.size());
            String name = "thread-" + thread + "-";
            work.add(() -> {
                start.await();
                List<Integer> statuses = new ArrayList<>();
                for (int i = 0; i < DEBITS_EACH; i++) {
                    statuses.add(client.debit(accountId, name + i, PRICE).status());
                }
                return statuses;
            });
        }
        List<Integer> statuses = new ArrayList<>();
        try {
            for (Future<List<Integer>> done : threads.invokeAll(work)) {
                statuses.addAll(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return statuses.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }
}
