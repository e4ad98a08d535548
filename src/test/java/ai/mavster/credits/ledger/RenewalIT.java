package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.posting.HashChain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The monthly job over some thousand accounts, called by everybody at once, and killed: each period is granted once.
 */
class RenewalIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int ACCOUNTS = 10_002;

    /** Every third account has missed a month. */
    private static final int PERIODS = ACCOUNTS + ACCOUNTS / 3;

    private static Map<String, String> environment;
    private static ServiceProcess first;
    private static ServiceProcess second;
    private static LedgerRows rows;

    @BeforeAll
    static void start() {
        DatabaseAddress database = TestDatabase.empty("renewal");
        environment = Map.of(
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

    /** Accounts without credits whose next period began an hour ago, or a month and an hour. */
    private static void makeDue(String prefix) throws Exception {
        rows.execute("""
                INSERT INTO account (account_id, created_at, updated_at)
                SELECT ? || n, now(), now() FROM generate_series(1, ?) n""", prefix, ACCOUNTS);
        rows.execute("""
                INSERT INTO account_balance (account_id, seq, balance, held, owed, as_of, hash, salt)
                SELECT ? || n, 0, 0, 0, 0, now() - interval '70 days', ?, uuid_send(gen_random_uuid()) FROM generate_series(1, ?) n""", prefix, HashChain.genesis(), ACCOUNTS);
        rows.execute("""
                INSERT INTO subscription (account_id, plan_id, status, anchor, time_zone, period_index, period_start, period_end,
                                          cancel_at_period_end, granted_until, created_at, updated_at, status_since, billed_from,
                                          granted_allotment, granted_for_trial, on_test_clock)
                SELECT ? || n, 'basic', 'active', anchor, 'UTC', 0, anchor, anchor + interval '1 month', false,
                       anchor + interval '1 month', anchor, anchor, anchor, 0, 3000000000, false, false
                FROM (SELECT n, date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                             - CASE WHEN n % 3 = 0 THEN interval '65 days' ELSE interval '35 days' END AS anchor
                      FROM generate_series(1, ?) n) due""", prefix, ACCOUNTS);
    }

    private static Optional<ServiceClient.Reply> renew(ServiceProcess service) {
        try {
            return Optional.of(new ServiceClient(service).post("/v1/renewals", null, "{}"));
        } catch (IOException e) {
            return Optional.empty(); // it was killed
        }
    }

    private static long renewed(String prefix) throws Exception {
        return rows.number("SELECT count(*) FROM renewal WHERE account_id LIKE ? || '%'", prefix);
    }

    private static void checkRenewed(String prefix) throws Exception {
        assertThat(renewed(prefix)).isEqualTo(PERIODS);
        // 3000, and up to the cap of 4500 for those who entered two periods.
        assertThat(rows.number(
                        "SELECT count(*) FROM account_balance WHERE account_id LIKE ? || '%' AND balance = 3000000000 AND seq = 1",
                        prefix))
                .isEqualTo(PERIODS - 2 * (PERIODS - ACCOUNTS));
        assertThat(rows.number(
                        "SELECT count(*) FROM account_balance WHERE account_id LIKE ? || '%' AND balance = 4500000000 AND seq = 2",
                        prefix))
                .isEqualTo(PERIODS - ACCOUNTS);
        rows.check();
        new ServiceClient(first).prove(prefix + "3");
    }

    @Test
    void overlappingCallsRenewEachAccountOnce() throws Exception {
        makeDue("overlap-");
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Optional<ServiceClient.Reply>>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(threads.submit(() -> renew(first)));
            calls.add(threads.submit(() -> renew(second)));
        }
        long renewed = 0;
        long full = 0;
        long partial = 0;
        for (Future<Optional<ServiceClient.Reply>> call : calls) {
            ServiceClient.Reply reply = ServiceClient.expect(200, call.get().orElseThrow());
            renewed += reply.body().path("renewed").asLong();
            full += reply.body().path("granted_full").asLong();
            partial += reply.body().path("granted_partial").asLong();
            assertThat(reply.body().path("failed").asLong()).isZero();
            assertThat(reply.body().path("remaining_due").asLong()).isZero();
        }
        threads.shutdown();
        assertThat(renewed).isEqualTo(PERIODS);
        assertThat(full).isEqualTo(ACCOUNTS);
        assertThat(partial).isEqualTo(PERIODS - ACCOUNTS);
        checkRenewed("overlap-");
    }

    @Test
    void aKilledRunIsResumed() throws Exception {
        makeDue("killed-");
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<Optional<ServiceClient.Reply>> call = threads.submit(() -> renew(second));
        Eventually.holds(DEADLINE, () -> renewed("killed-") > 0, () -> "some are renewed");
        second.kill();
        threads.shutdown();
        assertThat(call.get()).as("the kill came in the middle").isEmpty();
        long before = renewed("killed-");
        assertThat(before).isBetween(1L, PERIODS - 1L);

        second = ServiceProcess.start(environment);
        ServiceClient.Reply reply = ServiceClient.expect(200, renew(second).orElseThrow());

        assertThat(reply.body().path("renewed").asLong()).isEqualTo(PERIODS - before);
        checkRenewed("killed-");
    }
}
