package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.database.DatabaseAddress;
import ai.mavster.credits.database.Eventually;
import ai.mavster.credits.database.ServiceProcess;
import ai.mavster.credits.database.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a debit costs does not grow with what was debited before, also where its statements were planned on empty tables. */
class PlansIT {

    private static final int DEBITS = 60;

    private static final String USE_OF_KEYS =
            "SELECT %s FROM pg_stat_user_indexes WHERE indexrelname = 'one_posting_per_idempotency_key'";

    @Test
    void aKeyIsLookedUpAndNotSearchedFor() throws Exception {
        DatabaseAddress database = TestDatabase.empty("plans");
        LedgerRows rows = new LedgerRows(database);
        try (ServiceProcess service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password()))) {
            // As the database's own housekeeping may find them on the first day.
            rows.execute("ANALYZE posting");
            ServiceClient client = new ServiceClient(service);
            client.open("planned", 3000);
            for (int i = 0; i < DEBITS; i++) {
                ServiceClient.expect(201, client.debit("planned", "planned-" + i, 1));
            }
            Eventually.holds(
                    Duration.ofSeconds(60),
                    () -> rows.number(USE_OF_KEYS.formatted("idx_scan")) >= DEBITS,
                    () -> "the statistics have come in");
            assertThat(rows.number(USE_OF_KEYS.formatted("idx_tup_read"))).isZero();
        }
    }
}
