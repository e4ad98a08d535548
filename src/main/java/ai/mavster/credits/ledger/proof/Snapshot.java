package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One account as of one moment, for reading only, and what was found to disagree in it. */
public final class Snapshot {

    private static final int MOST_FAILURES = 20;
    private static final int FETCH_SIZE = 1_000;

    private final Connection connection;
    private final String accountId;
    private final List<Proof.Failure> failures = new ArrayList<>();

    Snapshot(Connection connection, String accountId) {
        this.connection = connection;
        this.accountId = accountId;
    }

    public String accountId() {
        return accountId;
    }

    /**
     * Reads rows as a stream.
     *
     * @param sql every parameter of it is the account
     */
    public void each(String sql, RoundTrip.Rows rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_SIZE);
            int parameters =
                    (int) sql.chars().filter(character -> character == '?').count();
            for (int i = 1; i <= parameters; i++) {
                statement.setString(i, accountId);
            }
            Row row = new Row(statement.executeQuery());
            while (row.next()) {
                rows.read(row);
            }
        }
    }

    /**
     * Fails for each row of a query that finds what may not be.
     *
     * @param sql every parameter of it is the account; the first column says what it found, as a text
     */
    public void none(String check, String sql) throws SQLException {
        each(sql + " LIMIT " + MOST_FAILURES, row -> fail(check, row.text()));
    }

    /** Fails for each row of the account whose checksum is wrong. */
    public void checksums(String check, Table<?> table) throws SQLException {
        checksums(check, table, "");
    }

    /**
     * The same for some rows.
     *
     * @param which a further condition on the row {@code t}, such as {@code AND t.answer IS NOT NULL}
     */
    public void checksums(String check, Table<?> table, String which) throws SQLException {
        each(table.rowsWithChecksums() + " " + which, row -> {
            String broken = table.wrongChecksum(row);
            if (broken != null) {
                fail(
                        check,
                        broken.isEmpty() ? "the row's checksum is wrong" : broken + ": the row's checksum is wrong");
            }
        });
    }

    /**
     * Says what does not agree. Of many failures the first are kept.
     *
     * @param check a word of the feature's, such as {@code usage}
     * @param detail for an operator; no amounts, and nothing that is secret
     */
    public void fail(String check, String detail) {
        if (failures.size() < MOST_FAILURES) {
            failures.add(new Proof.Failure(check, detail));
        }
    }

    List<Proof.Failure> failures() {
        return failures;
    }
}
