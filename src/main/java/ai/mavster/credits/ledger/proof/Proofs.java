package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.SqlFailure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recomputes accounts from their entries, in one snapshot each. */
@Singleton
public class Proofs {

    private static final int FETCH_SIZE = 1_000;

    private final Connections connections;

    Proofs(Connections connections) {
        this.connections = connections;
    }

    /** What the account's own row says. */
    record Head(String accountId, long seq, Credits balance, Credits held, byte[] hash) {}

    /** Empty if there is no such account. A check that cannot be carried out throws; it never counts as passed. */
    public Optional<Proof> of(String accountId) {
        return of(accountId, () -> {});
    }

    /**
     * The same, to be given up in between.
     *
     * @param stillWanted is asked for each entry, and throws to end it
     */
    public Optional<Proof> of(String accountId, Runnable stillWanted) {
        try (Connection connection = connections.snapshot()) {
            try {
                List<Head> found = new ArrayList<>(1);
                read(
                        connection,
                        "SELECT seq, balance, held, hash FROM account_balance WHERE account_id = ?",
                        accountId,
                        row -> found.add(new Head(accountId, row.bigint(), row.credits(), row.credits(), row.bytes())));
                return found.isEmpty() ? Optional.empty() : Optional.of(prove(connection, found.get(0), stillWanted));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw SqlFailure.isTransient(e)
                    ? new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, e)
                    : new IllegalStateException(e);
        }
    }

    private static Proof prove(Connection connection, Head head, Runnable stillWanted) throws SQLException {
        Recount recount = new Recount(head.accountId);
        read(connection, Recount.ENTRIES, head.accountId, row -> {
            stillWanted.run();
            recount.entry(row);
        });
        recount.end(head);
        read(connection, Recount.GRANTS, head.accountId, recount::grant);
        read(connection, Recount.HOLDS, head.accountId, recount::holds);
        return recount.proof(head);
    }

    private interface Rows {
        void read(Row row) throws SQLException;
    }

    private static void read(Connection connection, String sql, String accountId, Rows rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setString(1, accountId);
            Row row = new Row(statement.executeQuery());
            while (row.next()) {
                rows.read(row);
            }
        }
    }
}
