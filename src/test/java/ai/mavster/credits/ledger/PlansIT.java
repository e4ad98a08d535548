package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What a command costs does not grow with what was done before, also where its statements were planned on empty tables.
 */
class PlansIT {

    private static final int TIMES = 60;

    @Test
    void aKeyIsLookedUpAndNotSearchedFor() throws Exception {
        try (FirstDay day = new FirstDay()) {
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(201, day.client.debit("planned", "planned-" + i, 1));
            }
            day.end();
            assertThat(day.entriesRead("idempotency_key_pkey", TIMES)).isZero();
        }
    }

    @Test
    void whatARunHasSpentIsLookedUpAndNotSearchedFor() throws Exception {
        try (FirstDay day = new FirstDay()) {
            for (int i = 0; i < TIMES; i++) {
                String run = "/v1/accounts/planned/runs/run-" + i;
                String body = "{\"run_id\": \"run-" + i + "\"}";
                ServiceClient.expect(201, day.client.post("/v1/accounts/planned/runs", "start-" + i, body));
                String debit = "{\"credits\": 1, \"action\": \"tap\"}";
                ServiceClient.expect(201, day.client.post(run + "/debits", "planned-" + i, debit));
                ServiceClient.expect(200, day.client.post(run + "/finish", null, "{\"status\": \"success\"}"));
            }
            day.end();
            // Nothing where it starts, its one debit where it ends.
            assertThat(day.entriesRead("posting_runs", 2 * TIMES)).isEqualTo(TIMES);
            assertThat(day.entriesRead("run_action_pkey", 2 * TIMES)).isZero();
        }
    }

    /** However many runs there were, the job looks at those that are running, and a heartbeat at its own. */
    @Test
    void silentRunsAreFoundAmongThoseThatAreRunning() throws Exception {
        try (FirstDay day = new FirstDay("CREDITS_EXPIRY_EVERY", "1s")) {
            String runs = "/v1/accounts/planned/runs";
            ServiceClient.expect(201, day.client.post(runs, "start", "{\"run_id\": \"running\"}"));
            day.rows.execute("""
                    INSERT INTO run (account_id, run_id, status, spent, nested_spent, started_at, finished_at, seen_at, refused)
                    SELECT 'planned', 'over-' || n, 'success', 0, 0, now() - interval '1 year', now(), now(), 0
                    FROM generate_series(1, 20000) n""");
            long all =
                    day.rows.number("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'run_started'");
            long looks = day.scans("run_running");
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(200, day.client.post(runs + "/running/heartbeat", null, ""));
            }
            day.awaitScans("run_running", looks + 3);
            day.end();
            assertThat(day.entriesRead("run_running", 3)).isLessThan(2L * TIMES);
            assertThat(day.entriesRead("run_pkey", TIMES)).isLessThan(5L * TIMES);
            assertThat(day.rows.number(
                            "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'run_started'"))
                    .isEqualTo(all);
        }
    }

    /** What a run is spending is in no index: its row is updated in place, by debits as by heartbeats. */
    @Test
    void aRunThatGoesOnIsUpdatedInPlace() throws Exception {
        try (FirstDay day = new FirstDay("CREDITS_RUN_ABANDONED_AFTER", "PT0.001S")) {
            String run = "/v1/accounts/planned/runs/running";
            ServiceClient.expect(
                    201,
                    day.client.post(
                            "/v1/accounts/planned/runs",
                            "start",
                            "{\"run_id\": \"running\", \"hold\": 1000, \"hold_expires_in\": \"P7D\"}"));
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(201, day.client.post(run + "/debits", "debit-" + i, "{\"credits\": 1}"));
                ServiceClient.expect(200, day.client.post(run + "/heartbeat", null, ""));
            }
            day.end();
            String figure = "SELECT %s FROM pg_stat_user_tables WHERE relname = 'run'";
            Eventually.holds(
                    Duration.ofSeconds(60),
                    () -> day.rows.number(figure.formatted("n_tup_upd")) >= 2 * TIMES,
                    () -> "the statistics have come in");
            assertThat(day.rows.number(figure.formatted("n_tup_upd - n_tup_hot_upd")))
                    .isLessThan(TIMES / 10);
        }
    }

    /** However many events there were, and were delivered: what is handed on and sent is found among what is not. */
    @Test
    void eventsAreDeliveredWithoutLookingAtThoseThatWere() throws Exception {
        try (FirstDay day = new FirstDay()) {
            ServiceClient.expect(
                    201, day.client.post("/v1/webhook-endpoints", null, "{\"url\": \"https://receiver.invalid/\"}"));
            day.rows.execute(
                    "UPDATE webhook_endpoint SET disabled_at = now(), disabled_reason = 'request', enabled = false");
            day.rows.execute("""
                    INSERT INTO event (account_id, sequence, event_id, type, version, occurred_at, data, dispatched)
                    SELECT 'planned', 1000 + n, gen_random_uuid(), 'top_up.posted', 1, now(), '{}', true FROM generate_series(1, 20000) n""");
            day.rows.execute("UPDATE event_head SET sequence = 30000");
            day.rows.execute("""
                    INSERT INTO webhook_delivery (account_id, endpoint_id, sequence, status, attempts, created_at, finished_at)
                    SELECT 'planned', endpoint_id, 1000 + n, 'delivered', 1, now(), now()
                    FROM webhook_endpoint CROSS JOIN generate_series(1, 20000) n""");
            day.rows.execute("UPDATE webhook_endpoint SET disabled_at = NULL, disabled_reason = NULL, enabled = true");
            long events = day.read("event");
            long deliveries = day.read("webhook_delivery");
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(
                        201, day.client.post("/v1/accounts/planned/top-ups", "planned-" + i, "{\"credits\": 1}"));
            }
            Eventually.holds(
                    Duration.ofSeconds(60),
                    () -> day.rows.number("SELECT count(*) FROM event WHERE NOT dispatched") == 0
                            && day.rows.number("SELECT count(*) FROM webhook_attempt") >= 1,
                    () -> "they are handed on, and tried");
            day.end();
            day.entriesRead("event_head_pkey", TIMES);
            assertThat(day.read("event") - events).isLessThan(50L * TIMES);
            assertThat(day.read("webhook_delivery") - deliveries).isLessThan(50L * TIMES);
        }
    }

    @Test
    void aDebitReadsNoMoreGrantsThanAreTriedFirst() throws Exception {
        int first = 32;
        try (FirstDay day = new FirstDay()) {
            for (int i = 0; i < 4 * first; i++) {
                ServiceClient.expect(
                        201, day.client.post("/v1/accounts/planned/top-ups", "top-up-" + i, "{\"credits\": 1}"));
            }
            // The first one of all is decided twice: what the plan's period has used before is counted for it.
            ServiceClient.expect(201, day.client.debit("planned", "first", 1));
            // A session that is at work tells every second what it has counted: sooner than one that has nothing to do.
            AtomicInteger further = new AtomicInteger(4 * first);
            Eventually.holds(
                    Duration.ofSeconds(60),
                    () -> {
                        int topUp = further.getAndIncrement();
                        ServiceClient.expect(201, day.client.topUp("planned", "top-up-" + topUp, 1));
                        return day.scans("credit_grant_burn") > topUp;
                    },
                    () -> "the statistics have come in");
            long scansBefore = day.scans("credit_grant_burn");
            long before = day.entriesRead("credit_grant_burn", 4 * first);
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(201, day.client.debit("planned", "planned-" + i, 1));
            }
            day.end();
            long read = day.entriesRead("credit_grant_burn", further.get() + TIMES) - before;
            long scans = day.scans("credit_grant_burn") - scansBefore;
            assertThat(scans).isBetween((long) TIMES, TIMES + 10L);
            assertThat(read).isPositive().isLessThanOrEqualTo(scans * first);
        }
    }

    /** Also where it finds nothing, and would like an index best that leads to all of an account or a run. */
    @Test
    void aSearchLooksThroughItsPartAndNoFurther() throws Exception {
        try (FirstDay day = new FirstDay()) {
            ServiceClient.expect(200, day.client.get("/v1/accounts/planned/entries?run_id=none"));
            LongPast.give(day.rows.address(), "planned", 20_000);
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(200, day.client.get("/v1/accounts/planned/entries?run_id=none"));
            }
            day.end();
            // The newest first, then those of the part.
            assertThat(day.entriesRead("entry_pkey", 2 * TIMES)).isBetween(2_000L * TIMES, 2_002L * (TIMES + 1));
            assertThat(day.entriesRead("posting_pkey", 2_000 * TIMES)).isLessThan(2_010L * (TIMES + 1));
            assertThat(day.rows.number(
                            "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'posting_runs'"))
                    .isZero();
        }
    }

    @Test
    void postingsAreLookedThroughByPartsToo() throws Exception {
        try (FirstDay day = new FirstDay()) {
            String search = "/v1/accounts/planned/postings?project_id=none";
            ServiceClient.expect(200, day.client.get(search));
            LongPast.give(day.rows.address(), "planned", 20_000);
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(200, day.client.get(search));
            }
            day.end();
            // Once to find where the part ends, once for what is in it.
            assertThat(day.entriesRead("posting_pkey", 2 * TIMES)).isBetween(2_000L * TIMES, 4_010L * (TIMES + 1));
        }
    }

    /** Neither what was posted before, nor what is to be found by looking for it. */
    @Test
    void aReportReadsEachEntryOnceThatWasPostedSince() throws Exception {
        int times = 5;
        try (FirstDay day = new FirstDay()) {
            String report = "/v1/reports/credits?group_by=kind,plan&from=";
            ServiceClient.expect(200, day.client.get(report + "2020-01-01T00:00:00Z"));
            LongPast.give(day.rows.address(), "planned", 20_000);
            long before = day.entriesRead("entry_pkey", 0);
            for (int i = 0; i < times; i++) {
                ServiceClient.expect(200, day.client.get(report + "2020-01-01T00:00:00Z"));
            }
            String now = Instant.now().toString();
            for (int i = 0; i < times; i++) {
                ServiceClient.expect(200, day.client.get(report + now));
            }
            ServiceClient.expect(201, day.client.debit("planned", "planned", 1));
            ServiceClient.expect(200, day.client.get(report + now));
            day.end();
            // Those 20,000 by the first ones, and none of them again by the others.
            assertThat(day.entriesReadAtLeast("entry_pkey", before + 20_000L * times) - before)
                    .isBetween(20_000L * times, 20_050L * times + 500);
            assertThat(day.entriesReadAtLeast("posting_pkey", 20_000L * times)).isLessThan(20_050L * (times + 1));
        }
    }

    /** What was spent before is not looked through again: its days have it. */
    @Test
    void aBudgetIsCountedFromRollups() throws Exception {
        int days = 30;
        try (FirstDay day = new FirstDay()) {
            String budgets = "/v1/accounts/planned/budgets/";
            ServiceClient.expect(201, day.client.put(budgets + "project/first", "{}"));
            LongPast.give(day.rows.address(), "planned", 20_000);
            day.rows.execute("""
                    INSERT INTO usage_rollup
                    SELECT 'planned', grain, date_trunc('day', now(), 'UTC') - n * interval '1 day', 'tap', 'checkout', '', '',
                           1000000, 1, 1, 0, 0
                    FROM generate_series(1, ?) n, (VALUES ('quarter'), ('day')) AS grains (grain)""", days);
            long before = day.entriesRead("posting_pkey", 0);
            for (int i = 0; i < TIMES; i++) {
                String budget = budgets + "project/p" + i;
                ServiceClient.expect(201, day.client.put(budget, "{\"window\": \"month\"}"));
                ServiceClient.expect(201, day.client.put(budgets + "workspace/w" + i, "{\"window\": \"week\"}"));
            }
            day.end();
            long counted = day.entriesRead("usage_rollup_pkey", 2 * TIMES);
            assertThat(counted).isLessThan((2L * days + 10) * 2 * TIMES);
            // By halves, to where the window starts.
            assertThat(day.entriesRead("posting_pkey", 2 * TIMES) - before).isLessThan(100L * TIMES);
            assertThat(day.entriesRead("posting_giving_back", 2 * TIMES)).isZero();
        }
    }

    /** What budgets count is in no index: their rows are updated in place, and found by their keys. */
    @Test
    void aBudgetThatCountsIsUpdatedInPlace() throws Exception {
        try (FirstDay day = new FirstDay()) {
            String budgets = "/v1/accounts/planned/budgets/";
            ServiceClient.expect(201, day.client.put(budgets + "account/planned", "{\"usage_limit\": 100000}"));
            ServiceClient.expect(201, day.client.put(budgets + "project/p", "{\"usage_limit\": 100000}"));
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(
                        201,
                        day.client.post(
                                "/v1/accounts/planned/debits",
                                "debit-" + i,
                                "{\"credits\": 1, \"project_id\": \"p\"}"));
            }
            day.end();
            String figure = "SELECT %s FROM pg_stat_user_tables WHERE relname = 'budget_window'";
            Eventually.holds(
                    Duration.ofSeconds(60),
                    () -> day.rows.number(figure.formatted("n_tup_upd")) >= 3 * (TIMES - 1),
                    () -> "the statistics have come in");
            assertThat(day.rows.number(figure.formatted("n_tup_upd - n_tup_hot_upd")))
                    .isLessThan(TIMES / 10);
            // The plan's and two budgets, each time; and the budgets that they are of.
            assertThat(day.entriesRead("budget_window_counting", TIMES)).isLessThan(4L * (TIMES + 10));
            assertThat(day.entriesRead("budget_pkey", TIMES)).isLessThan(3L * (TIMES + 10));
        }
    }

    /** However many were recharged before: of a debit's account its settings, by key, and of all what is in flight. */
    @Test
    void rechargesAreFoundByKeyAndAmongThoseInFlight() throws Exception {
        try (FirstDay day = new FirstDay("CREDITS_PAYMENTS", "sandbox")) {
            String settings =
                    "{\"enabled\": true, \"threshold\": 1000, \"credits_to_add\": 500, \"limit_per_period\": 1000}";
            ServiceClient.expect(200, day.client.put("/v1/accounts/planned/auto-recharge", settings));
            day.rows.execute("""
                    INSERT INTO payment (account_id, payment_id, purpose, credits, amount, currency, provider, ordered_at, status, refunded, disputed, claimed)
                    SELECT 'planned', gen_random_uuid(), 'recharge', 500000000, 5, 'EUR', 'sandbox', now(), 'canceled', 0, 0, 0
                    FROM generate_series(1, 20000)""");
            day.rows.execute("""
                    INSERT INTO recharge (account_id, recharge_id, status, credits, period_start, created_at, ended_at)
                    SELECT account_id, payment_id, 'expired', credits, now(), now(), now() FROM payment""");
            long recharges = day.read("recharge");
            long payments = day.read("payment");
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(201, day.client.debit("planned", "planned-" + i, 40));
                ServiceClient.expect(200, day.client.get("/v1/accounts/planned/recharges?limit=1"));
            }
            day.end();
            assertThat(day.entriesRead("recharge_settings_pkey", TIMES)).isLessThan(3L * (TIMES + 10));
            // The list's one and the next, each time, with their payments; and what was bought.
            assertThat(day.entriesRead("recharge_pkey", TIMES)).isLessThan(4L * (TIMES + 10));
            assertThat(day.read("recharge") - recharges).isLessThan(5L * (TIMES + 10));
            assertThat(day.read("payment") - payments).isLessThan(6L * (TIMES + 10));
            assertThat(day.read("recharge_queue")).isLessThan(50L);
        }
    }
}
