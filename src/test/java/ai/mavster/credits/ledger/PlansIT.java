package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
            // Nothing where it starts, its one debit where it ends.
            assertThat(day.entriesRead("posting_runs", 2 * TIMES)).isEqualTo(TIMES);
            assertThat(day.entriesRead("run_action_pkey", 2 * TIMES)).isZero();
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
            long before = day.entriesRead("credit_grant_burn", 4 * first);
            for (int i = 0; i < TIMES; i++) {
                ServiceClient.expect(201, day.client.debit("planned", "planned-" + i, 1));
            }
            long read = day.entriesRead("credit_grant_burn", 4 * first + TIMES) - before;
            assertThat(read).isPositive().isLessThanOrEqualTo((long) TIMES * first);
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
            long before = day.entriesRead("entry_pkey", 1);
            for (int i = 0; i < times; i++) {
                ServiceClient.expect(200, day.client.get(report + "2020-01-01T00:00:00Z"));
            }
            long whole = day.entriesRead("entry_pkey", 20 * times) - before;
            assertThat(whole).isBetween(20_000L * times, 20_050L * times);
            assertThat(day.entriesRead("posting_pkey", 20_000 * times)).isLessThan(20_050L * (times + 1));

            String now = Instant.now().toString();
            for (int i = 0; i < times; i++) {
                ServiceClient.expect(200, day.client.get(report + now));
            }
            ServiceClient.expect(201, day.client.debit("planned", "planned", 1));
            ServiceClient.expect(200, day.client.get(report + now));
            assertThat(day.entriesRead("entry_pkey", 20 * times + 15) - before - whole)
                    .isLessThan(50L);
        }
    }

    /** A service with nothing in its tables, as the database's own housekeeping may find them then, and one account. */
    private static final class FirstDay implements AutoCloseable {

        private final LedgerRows rows;
        private final ServiceProcess service;
        private final ServiceClient client;

        FirstDay() throws Exception {
            DatabaseAddress database = TestDatabase.empty("plans");
            rows = new LedgerRows(database);
            service = ServiceProcess.start(Map.of(
                    "CREDITS_DB_URL", database.url(),
                    "CREDITS_DB_USER", database.user(),
                    "CREDITS_DB_PASSWORD", database.password()));
            rows.execute("ANALYZE posting, run_action, idempotency_key, hold, credit_grant");
            client = new ServiceClient(service);
            client.open("planned", 3000);
        }

        /** How many entries of an index were read, once that many scans of it have come into the statistics. */
        long entriesRead(String index, int scans) throws Exception {
            String figure = "SELECT %s FROM pg_stat_user_indexes WHERE indexrelname = '" + index + "'";
            Eventually.holds(
                    Duration.ofSeconds(60),
                    () -> rows.number(figure.formatted("idx_scan")) >= scans,
                    () -> "the statistics have come in");
            return rows.number(figure.formatted("idx_tup_read"));
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
