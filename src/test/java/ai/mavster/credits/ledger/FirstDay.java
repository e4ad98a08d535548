package ai.mavster.credits.ledger;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A service with nothing in its tables, as the database's own housekeeping may find them then, and one account. */
final class FirstDay implements AutoCloseable {

    final LedgerRows rows;
    private final ServiceProcess service;
    final ServiceClient client;

    FirstDay() throws Exception {
        this("CREDITS_EXPIRY_EVERY", "1m");
    }

    FirstDay(String setting, String value) throws Exception {
        DatabaseAddress database = TestDatabase.empty("plans");
        rows = new LedgerRows(database);
        service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL",
                database.url(),
                "CREDITS_DB_USER",
                database.user(),
                // It reads accounts, too.
                "CREDITS_ALERT_RUN_RATE_EVERY",
                "off",
                "CREDITS_DB_PASSWORD",
                database.password(),
                // The walk that proves accounts reads entries too.
                "CREDITS_PROOF_EVERY",
                "off",
                setting,
                value));
        rows.execute("ANALYZE run, posting, run_action, idempotency_key, hold, credit_grant");
        client = new ServiceClient(service);
        client.open("planned", 3000);
    }

    /**
     * Ends the service's sessions: what a session has counted comes into the statistics at its end, and else up to ten seconds later.
     * Their plans end as well, so nothing is to be measured after it.
     */
    void end() throws Exception {
        List<String> sessions = rows.texts(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()");
        String these = " FROM pg_stat_activity WHERE pid IN (" + String.join(", ", sessions) + ")";
        rows.texts("SELECT pg_terminate_backend(pid)" + these);
        Eventually.holds(
                Duration.ofSeconds(60),
                () -> rows.number("SELECT count(*)" + these) == 0,
                () -> "the sessions have ended");
    }

    /** How many entries of an index were read, once that many scans of it have come into the statistics. */
    long entriesRead(String index, int scans) throws Exception {
        awaitScans(index, scans);
        return rows.number("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = '" + index + "'");
    }

    void awaitScans(String index, long scans) {
        Eventually.holds(Duration.ofSeconds(60), () -> scans(index) >= scans, () -> "the statistics have come in");
    }

    /** How many scans of an index have come in. */
    long scans(String index) throws Exception {
        return rows.number("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = '" + index + "'");
    }

    /** How many rows of a table were read by its indexes or from end to end, as far as that has come in. */
    long read(String table) throws Exception {
        return rows.number("SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = '"
                + table + "'");
    }

    /** The same once so many have come in. */
    long entriesReadAtLeast(String index, long least) throws Exception {
        String figure = "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = '" + index + "'";
        Eventually.holds(
                Duration.ofSeconds(60), () -> rows.number(figure) >= least, () -> "the statistics have come in");
        return rows.number(figure);
    }

    @Override
    public void close() {
        service.close();
    }
}
