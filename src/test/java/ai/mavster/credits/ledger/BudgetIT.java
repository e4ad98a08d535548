package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import java.io.IOException;
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

/** Two processes on one database, and one budget. */
class BudgetIT {

    private static final int THREADS = 100;
    private static final String PURPOSE = "\"project_id\": \"p\", \"workspace_id\": \"w\"";

    private static ServiceProcess first;
    private static ServiceProcess second;
    private static LedgerRows rows;

    @BeforeAll
    static void start() {
        DatabaseAddress database = TestDatabase.empty("budget");
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

    private static String budget(String accountId, String scope, String scopeId) {
        return "/v1/accounts/" + accountId + "/budgets/" + scope + "/" + scopeId;
    }

    private static void limit(ServiceClient client, String accountId, String scope, String scopeId, int limit)
            throws IOException {
        ServiceClient.expect(201, client.put(budget(accountId, scope, scopeId), "{\"usage_limit\": " + limit + "}"));
    }

    private static int spend(ServiceClient client, String accountId, int thread) throws IOException {
        if (thread % 3 > 0) {
            String body = "{\"credits\": 1, " + PURPOSE + "}";
            return client.post("/v1/accounts/" + accountId + "/debits", "debit-" + thread, body)
                    .status();
        }
        String runs = "/v1/accounts/" + accountId + "/runs";
        String run = "\"run_id\": \"run-" + thread + "\", \"hold\": 1, " + PURPOSE;
        int started = client.post(runs, "start-" + thread, "{" + run + "}").status();
        if (started == 201) {
            String debits = runs + "/run-" + thread + "/debits";
            ServiceClient.expect(201, client.post(debits, "half-" + thread, "{\"credits\": 0.5}"));
            ServiceClient.expect(201, client.post(debits, "rest-" + thread, "{\"credits\": 0.5}"));
        }
        return started;
    }

    @Test
    void asManyPassAsThereIsRoomForWhicheverProcessIsAsked() throws Exception {
        List<ServiceClient> clients = List.of(new ServiceClient(first), new ServiceClient(second));
        String accountId = "budget-1";
        clients.get(0).open(accountId, 3000);
        limit(clients.get(0), accountId, "project", "p", 37);
        limit(clients.get(1), accountId, "workspace", "w", 38);
        limit(clients.get(0), accountId, "account", accountId, 39);

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            work.add(() -> {
                together.await();
                return spend(clients.get(thread % 2), accountId, thread);
            });
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> done : threads.invokeAll(work)) {
            statuses.add(done.get());
        }
        threads.shutdownNow();

        assertThat(statuses.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting())))
                .isEqualTo(Map.of(201, 37L, 402, 63L));
        for (String key : List.of("project/p", "workspace/w", "account/" + accountId)) {
            String[] parts = key.split("/", -1);
            ServiceClient.Reply reply =
                    ServiceClient.expect(200, clients.get(1).get(budget(accountId, parts[0], parts[1])));
            assertThat(reply.body().path("used").asInt()).as(key).isEqualTo(37);
            assertThat(reply.body().path("held").asInt()).as(key).isZero();
        }
        clients.get(0).prove(accountId);
        rows.check();
        // Said once by either of them.
        assertThat(rows.number(
                        "SELECT count(*) FROM budget_window WHERE account_id = ? AND exceeded_at IS NOT NULL",
                        accountId))
                .isEqualTo(1);
    }
}
