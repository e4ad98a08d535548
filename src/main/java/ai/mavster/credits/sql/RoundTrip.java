package ai.mavster.credits.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent to the database together and answered together, so that a transaction waits for the network
 * once, however many tables it touches. They run one after another: each sees what those before it did, and, at READ
 * COMMITTED, what others had committed when the one before it was done.
 */
public final class RoundTrip {

    private final List<Step> steps = new ArrayList<>();
    private final @Nullable String account;

    /** Takes one row after another. */
    public interface Rows {
        void read(Row row) throws SQLException;
    }

    /**
     * @param rows what to do with each row of a query; null for a statement without rows
     * @param expected how many rows must have been written; negative: any number
     */
    private record Step(
            String sql,
            List<Parameter> parameters,
            @Nullable Rows rows,
            int expected) {}

    private RoundTrip(@Nullable String account) {
        this.account = account;
    }

    /** Of any accounts. */
    public static RoundTrip ofAnyAccounts() {
        return new RoundTrip(null);
    }

    /** Of one account, which every statement names as a parameter; rows are written over {@code VALUES}. */
    public static RoundTrip ofOneAccount(String accountId) {
        return new RoundTrip(accountId);
    }

    /** The only account that this is about; null: it may be about any number. */
    @Nullable
    String account() {
        return account;
    }

    /** A query without parameters. */
    public void query(String sql, Rows rows) {
        query(sql, List.of(), rows);
    }

    void query(String sql, List<Parameter> parameters, Rows rows) {
        steps.add(new Step(sql, parameters, rows, -1));
    }

    /** Writes exactly so many rows; anything else fails the transaction. Negative: any number. */
    void write(String sql, List<Parameter> parameters, int expected) {
        steps.add(new Step(sql, parameters, null, expected));
    }

    /** Sends all of it within the connection's transaction, and has the rows read. */
    public void run(Connection connection) throws SQLException {
        if (!steps.isEmpty()) {
            run(connection, steps);
        }
    }

    /** The same in a transaction of its own, which sees one moment and writes nothing. */
    void runReadOnly(Connection connection) throws SQLException {
        List<Step> all = new ArrayList<>(steps.size() + 2);
        all.add(new Step("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", List.of(), null, -1));
        all.addAll(steps);
        all.add(new Step("COMMIT", List.of(), null, -1));
        run(connection, all);
    }

    private static void run(Connection connection, List<Step> steps) throws SQLException {
        StringJoiner sql = new StringJoiner(";\n");
        steps.forEach(step -> sql.add(step.sql));
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int index = 1;
            for (Step step : steps) {
                for (Parameter parameter : step.parameters) {
                    parameter.bind(statement, index++);
                }
            }
            boolean hasRows = statement.execute();
            for (Step step : steps) {
                finish(step, hasRows, statement);
                hasRows = statement.getMoreResults();
            }
        }
    }

    private static void finish(Step step, boolean hasRows, PreparedStatement statement) throws SQLException {
        if (step.rows != null) {
            try (ResultSet result = statement.getResultSet()) {
                Row row = new Row(result);
                while (row.next()) {
                    step.rows.read(row);
                }
            }
            return;
        }
        int written = hasRows ? -1 : statement.getUpdateCount();
        if (step.expected >= 0 && step.expected != written) {
            throw new IllegalStateException(
                    "%d rows were written instead of %d: %s".formatted(written, step.expected, step.sql));
        }
    }
}
