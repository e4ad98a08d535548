package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.ServiceProcess;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several processes recharge side by side, and one is killed at each step of a recharge in turn: what was charged is
 * credited, once.
 */
class RechargeIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private KillablePostgres postgres;
    private LedgerRows rows;
    private final List<ServiceProcess> services = new ArrayList<>();

    @BeforeEach
    void start() {
        postgres = KillablePostgres.start();
        rows = new LedgerRows(postgres.address());
    }

    @AfterEach
    void stop() throws IOException {
        services.forEach(ServiceProcess::close);
        postgres.close();
    }

    private ServiceProcess service(boolean charging) {
        ServiceProcess service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", postgres.address().url(),
                "CREDITS_DB_USER", postgres.address().user(),
                "CREDITS_DB_PASSWORD", postgres.address().password(),
                "CREDITS_PAYMENTS", "sandbox",
                "CREDITS_RECHARGE_CHARGE", String.valueOf(charging)));
        services.add(service);
        return service;
    }

    private void kill(ServiceProcess service) {
        service.kill();
        services.remove(service);
        service.close();
    }

    private static void open(ServiceClient client, String card) throws IOException {
        client.open("low", 3000);
        ServiceClient.expect(
                200,
                client.put(
                        "/v1/accounts/low/auto-recharge",
                        "{\"enabled\": true, \"threshold\": 100, \"credits_to_add\": 500, \"limit_per_period\": 5000,"
                                + " \"payment_method\": \"" + card + "\"}"));
    }

    private static List<String> recharges(ServiceClient client) throws IOException {
        List<String> statuses = new ArrayList<>();
        JsonNode list = ServiceClient.expect(200, client.get("/v1/accounts/low/recharges"))
                .body();
        list.path("data")
                .forEach(recharge -> statuses.add(recharge.path("status").asText()));
        return statuses;
    }

    private static void becomes(ServiceClient client, String... statuses) {
        Eventually.holds(
                DEADLINE, () -> recharges(client).equals(List.of(statuses)), () -> "it is " + List.of(statuses));
    }

    @Test
    void aThousandDebitsOfTwoProcessesMakeOneRecharge() throws Exception {
        ServiceProcess one = service(true);
        ServiceProcess other = service(true);
        ServiceClient client = new ServiceClient(one);
        open(client, "card_confirm");
        ServiceClient.expect(201, client.debit("low", "before", 1999));
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Future<Integer>> debits = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                ServiceClient caller = new ServiceClient(i % 2 == 0 ? one : other);
                String key = "debit-" + i;
                debits.add(threads.submit(() -> caller.debit("low", key, 1).status()));
            }
            for (Future<Integer> debit : debits) {
                assertThat(debit.get()).isEqualTo(201);
            }
        } finally {
            threads.shutdown();
        }
        becomes(client, "confirmation_needed");
        assertThat(rows.number("SELECT count(*) FROM sandbox_payment")).isEqualTo(1);
        assertThat(client.balance("low")).isEqualByComparingTo("1");
        client.prove("low");
    }

    /** Where a process is held up, as long as somebody has locked something, until it is killed. */
    private enum Step {
        CLAIMED(
                "card_ok",
                "SELECT 1 FROM account_balance WHERE account_id = 'low' FOR UPDATE",
                "SELECT count(*) FROM recharge_queue WHERE claimed_by IS NOT NULL"),
        ASKED(
                "card_ok",
                "LOCK TABLE sandbox_payment IN EXCLUSIVE MODE",
                "SELECT count(*) FROM recharge WHERE status = 'charging'"),
        PAID(
                "card_ok",
                "SELECT 1 FROM payment WHERE account_id = 'low' FOR UPDATE",
                "SELECT count(*) FROM sandbox_payment WHERE status = 'paid'"),
        PAID_AND_NOT_ANNOUNCED(
                "card_never",
                "SELECT 1 FROM payment WHERE account_id = 'low' FOR UPDATE",
                "SELECT count(*) FROM sandbox_payment WHERE status = 'paid'");

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
        ServiceClient.expect(201, client.debit("low", "most", 2950));
        assertThat(recharges(client)).containsExactly("created");
        kill(first);
        isPaidOnce(new ServiceClient(service(true)));
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyStepItIsPaidAndCreditedOnce(Step step) throws Exception {
        ServiceProcess posting = service(false);
        ServiceClient client = new ServiceClient(posting);
        open(client, step.card);
        ServiceClient.expect(201, client.debit("low", "most", 2950));
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
        ServiceProcess posting = service(false);
        ServiceClient client = new ServiceClient(posting);
        open(client, "card_slow");
        ServiceClient.expect(201, client.debit("low", "most", 2950));
        ServiceProcess charging;
        try (Connection provider = rows.connect();
                Connection queue = rows.connect()) {
            provider.setAutoCommit(false);
            queue.setAutoCommit(false);
            hold(provider, Step.ASKED.held);
            charging = service(true);
            reached(Step.ASKED.reached);
            hold(queue, "SELECT 1 FROM recharge_queue FOR UPDATE");
            provider.rollback();
            reached("SELECT count(*) FROM recharge WHERE status <> 'charging'");
            kill(charging);
            queue.rollback();
        }
        letClaimEnd();
        service(true);
        isPaidOnce(client);
    }

    private static void hold(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private void reached(String sql) {
        Eventually.holds(DEADLINE, () -> rows.number(sql) == 1, () -> "it has come to " + sql);
    }

    /** Minutes pass. */
    private void letClaimEnd() throws SQLException {
        rows.execute("UPDATE recharge_queue SET due_at = now()");
    }

    private void isPaidOnce(ServiceClient client) throws Exception {
        becomes(client, "succeeded");
        assertThat(client.balance("low")).isEqualByComparingTo("550");
        assertThat(rows.number("SELECT count(*) FROM sandbox_payment")).isEqualTo(1);
        assertThat(rows.number("SELECT count(*) FROM posting WHERE kind = 'top_up'"))
                .isEqualTo(1);
        assertThat(rows.number("SELECT count(*) FROM recharge_queue")).isZero();
        client.prove("low");
    }
}
