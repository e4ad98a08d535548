package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several processes recharge side by side, and one is killed at each step of a recharge in turn: what was charged is
 * credited, once.
 */
class RechargeIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private static DatabaseAddress database;
    private static LedgerRows rows;

    /** It never charges, so each test has its own account here and is charged by nobody but its own services. */
    private static ServiceProcess posting;

    private static ServiceClient client;

    private final List<ServiceProcess> services = new ArrayList<>();
    private final String account = "low-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        database = TestDatabase.empty("recharges");
        rows = new LedgerRows(database);
        posting = process(false);
        client = new ServiceClient(posting);
    }

    @AfterAll
    static void stop() {
        posting.close();
    }

    @AfterEach
    void stopServices() {
        services.forEach(ServiceProcess::close);
    }

    private static ServiceProcess process(boolean charging) {
        return ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password(),
                "CREDITS_PAYMENTS", "sandbox",
                "CREDITS_RECHARGE_CHARGE", String.valueOf(charging)));
    }

    private ServiceProcess service(boolean charging) {
        ServiceProcess service = process(charging);
        services.add(service);
        return service;
    }

    private void kill(ServiceProcess service) {
        service.kill();
        services.remove(service);
        service.close();
    }

    private void open(ServiceClient client, String card) throws IOException {
        client.open(account, 3000);
        ServiceClient.expect(
                200,
                client.put(
                        "/v1/accounts/" + account + "/auto-recharge",
                        "{\"enabled\": true, \"threshold\": 100, \"credits_to_add\": 500, \"limit_per_period\": 5000,"
                                + " \"payment_method\": \"" + card + "\"}"));
    }

    private List<String> recharges(ServiceClient client) throws IOException {
        List<String> statuses = new ArrayList<>();
        JsonNode list = ServiceClient.expect(200, client.get("/v1/accounts/" + account + "/recharges"))
                .body();
        list.path("data")
                .forEach(recharge -> statuses.add(recharge.path("status").asText()));
        return statuses;
    }

    private void becomes(ServiceClient client, String... statuses) {
        Eventually.holds(
                DEADLINE, () -> recharges(client).equals(List.of(statuses)), () -> "it is " + List.of(statuses));
    }

    @Test
    void aThousandDebitsOfTwoProcessesMakeOneRecharge() throws Exception {
        ServiceProcess one = service(true);
        ServiceProcess other = service(true);
        ServiceClient client = new ServiceClient(one);
        open(client, "card_confirm");
        ServiceClient.expect(201, client.debit(account, "before", 1999));
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Future<Integer>> debits = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                ServiceClient caller = new ServiceClient(i % 2 == 0 ? one : other);
                String key = "debit-" + i;
                debits.add(threads.submit(() -> caller.debit(account, key, 1).status()));
            }
            for (Future<Integer> debit : debits) {
                assertThat(debit.get()).isEqualTo(201);
            }
        } finally {
            threads.shutdown();
        }
        becomes(client, "confirmation_needed");
        assertThat(count("sandbox_payment WHERE %s")).isEqualTo(1);
        assertThat(client.balance(account)).isEqualByComparingTo("1");
        client.prove(account);
    }

    /** Where a process is held up, as long as somebody has locked something, until it is killed. */
    private enum Step {
        CLAIMED(
                "card_ok",
                "SELECT 1 FROM account_balance WHERE %s FOR UPDATE",
                "recharge_queue WHERE %s AND claimed_by IS NOT NULL"),
        ASKED("card_ok", "LOCK TABLE sandbox_payment IN EXCLUSIVE MODE", "recharge WHERE %s AND status = 'charging'"),
        PAID("card_ok", "SELECT 1 FROM payment WHERE %s FOR UPDATE", "sandbox_payment WHERE %s AND status = 'paid'"),
        PAID_AND_NOT_ANNOUNCED(
                "card_never",
                "SELECT 1 FROM payment WHERE %s FOR UPDATE",
                "sandbox_payment WHERE %s AND status = 'paid'");

        private final String card;
        private final String held;
        private final String reached;

        Step(String card, String held, String reached) {
            this.card = card;
            this.held = held;
            this.reached = reached;
        }
    }

    @Test
    void oneThatNobodyHasClaimedIsNotLost() throws Exception {
        ServiceProcess first = service(false);
        ServiceClient client = new ServiceClient(first);
        open(client, "card_ok");
        ServiceClient.expect(201, client.debit(account, "most", 2950));
        assertThat(recharges(client)).containsExactly("created");
        kill(first);
        isPaidOnce(new ServiceClient(service(true)));
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyStepItIsPaidAndCreditedOnce(Step step) throws Exception {
        open(client, step.card);
        ServiceClient.expect(201, client.debit(account, "most", 2950));
        try (Connection locks = rows.connect()) {
            locks.setAutoCommit(false);
            hold(locks, step.held);
            ServiceProcess charging = service(true);
            reached(step.reached);
            kill(charging);
            locks.rollback();
        }
        letClaimEnd();
        service(true);
        isPaidOnce(client);
    }

    /** What the provider works on has its place in the queue yet, and nobody is at it any more. */
    @Test
    void killedBeforeItGivesUpItsClaimItIsSettledOnce() throws Exception {
        open(client, "card_slow");
        ServiceClient.expect(201, client.debit(account, "most", 2950));
        ServiceProcess charging;
        try (Connection provider = rows.connect();
                Connection queue = rows.connect()) {
            provider.setAutoCommit(false);
            queue.setAutoCommit(false);
            hold(provider, Step.ASKED.held);
            charging = service(true);
            reached(Step.ASKED.reached);
            hold(queue, "SELECT 1 FROM recharge_queue WHERE %s FOR UPDATE");
            provider.rollback();
            reached("recharge WHERE %s AND status <> 'charging'");
            kill(charging);
            queue.rollback();
        }
        letClaimEnd();
        service(true);
        isPaidOnce(client);
    }

    private void hold(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ofAccount(sql))) {
            statement.execute();
        }
    }

    private String ofAccount(String sql) {
        return sql.formatted("account_id = '" + account + "'");
    }

    private long count(String rowsOfAccount) throws SQLException {
        return rows.number("SELECT count(*) FROM " + ofAccount(rowsOfAccount));
    }

    private void reached(String rowsOfAccount) {
        Eventually.holds(DEADLINE, () -> count(rowsOfAccount) == 1, () -> "it has come to " + rowsOfAccount);
    }

    /** Minutes pass. */
    private void letClaimEnd() throws SQLException {
        rows.execute(ofAccount("UPDATE recharge_queue SET due_at = now() WHERE %s"));
    }

    private void isPaidOnce(ServiceClient client) throws Exception {
        becomes(client, "succeeded");
        assertThat(client.balance(account)).isEqualByComparingTo("550");
        assertThat(count("sandbox_payment WHERE %s")).isEqualTo(1);
        assertThat(count("posting WHERE %s AND kind = 'top_up'")).isEqualTo(1);
        assertThat(count("recharge_queue WHERE %s")).isZero();
        client.prove(account);
    }
}
