package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A look at the ledger's tables behind the service's back: what the proof says is checked by other means. */
record LedgerRows(DatabaseAddress address) {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    void execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
        }
    }

    long number(String sql, Object... parameters) throws SQLException {
        return Long.parseLong(texts(sql, parameters).get(0));
    }

    List<String> texts(String sql, Object... parameters) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** The idempotency keys that took effect on an account. */
    Set<String> keys(String accountId) throws SQLException {
        List<String> keys = texts(
                "SELECT idempotency_key FROM posting WHERE account_id = ? AND idempotency_key <> 'opening'", accountId);
        Set<String> distinct = new TreeSet<>(keys);
        assertThat(distinct).hasSameSizeAs(keys);
        return distinct;
    }

    long postings(String accountId, String key) throws SQLException {
        return number("SELECT count(*) FROM posting WHERE account_id = ? AND idempotency_key = ?", accountId, key);
    }

    /**
     * No account is below zero, misses a place in its entries, or has entries, grants or postings that do not add up.
     */
    void check() throws SQLException {
        assertThat(texts("""
                        SELECT account_id FROM account_balance b LEFT JOIN (
                            SELECT account_id, count(*) AS entries, min(seq) AS first, max(seq) AS last, sum(credits) AS credits
                            FROM entry GROUP BY account_id) e USING (account_id)
                        WHERE b.balance < 0 OR coalesce(first, 1) <> 1 OR coalesce(last, 0) <> b.seq
                            OR coalesce(entries, 0) <> b.seq OR coalesce(credits, 0) <> b.balance"""))
                .as("accounts whose entries do not add up or have gaps")
                .isEmpty();
        assertThat(texts("""
                        SELECT account_id FROM account_balance b
                        WHERE balance <> (SELECT coalesce(sum(remaining), 0) FROM credit_grant g WHERE g.account_id = b.account_id)""")).as("accounts whose grants do not add up").isEmpty();
        assertThat(texts("""
                        SELECT account_id || ' ' || posting_id FROM posting p
                        LEFT JOIN (SELECT account_id, posting_id, count(*) AS found, abs(sum(credits)) AS moved
                                   FROM entry GROUP BY account_id, posting_id) e USING (account_id, posting_id)
                        WHERE coalesce(found, 0) <> p.entries OR coalesce(moved, 0) <> p.credits""")).as("postings without all of their entries").isEmpty();
        assertThat(texts("""
                        SELECT account_id FROM account_balance b
                        WHERE held <> (SELECT coalesce(sum(amount - captured - released), 0) FROM hold h WHERE h.account_id = b.account_id)""")).as("accounts whose holds do not add up").isEmpty();
        assertThat(texts("""
                        SELECT account_id || ' ' || idempotency_key FROM posting p
                        LEFT JOIN idempotency_key i USING (account_id, idempotency_key)
                        WHERE p.idempotency_key IS NOT NULL AND i.answer_id IS DISTINCT FROM p.posting_id""")).as("postings whose key is not kept").isEmpty();
    }

    /** Locks an account's row as a command of another process would, until the connection is closed. */
    Connection lock(String accountId) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                prepare(connection, "SELECT 1 FROM account_balance WHERE account_id = ? FOR UPDATE", accountId)) {
            statement.executeQuery();
        }
        return connection;
    }

    /**
     * Lets nobody lock an account's row until the connection is closed: lanes wait for that, since it is no account
     * that is locked.
     */
    Connection lockAll() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = prepare(connection, "LOCK TABLE account_balance IN EXCLUSIVE MODE")) {
            statement.execute();
        }
        return connection;
    }

    /** Waits until so many sessions of the service wait for a row's lock. */
    void awaitWaiting(int sessions) {
        Eventually.holds(
                DEADLINE,
                () -> number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()")
                        == sessions,
                () -> sessions + " sessions wait for a lock");
    }
}
