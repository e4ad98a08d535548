package ai.mavster.credits.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent to the database together and answered together, so that a transaction waits for the network once, however many
 * tables it touches. They run one after another: each sees what those before it did, and, at READ COMMITTED, what others had committed
 * when the one before it was done.
 */
public final class RoundTrip {

    private final List<Step> steps = new ArrayList<>();

    /** Takes one row after another. */
    public interface Rows {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * @param rows what to do with each row of a query; null for a statement without rows
     * @param expected how many rows must have been written; negative: any number
     */
    private record Step(
            String sql, List<Column> columns, @Nullable Rows rows, int expected) {}

    /** A statement without parameters and rows. */
    RoundTrip command(String sql) {
        steps.add(new Step(sql, List.of(), null, -1));
        return this;
    }

    /** A query; {@code columns} are its parameters in order. */
    public RoundTrip query(String sql, List<Column> columns, Rows rows) {
        steps.add(new Step(sql, columns, rows, -1));
        return this;
    }

    /** Writes rows, any number of them. */
    public RoundTrip write(String sql, List<Column> columns) {
        steps.add(new Step(sql, columns, null, -1));
        return this;
    }

    /** Writes exactly so many rows; anything else fails the transaction. */
    public RoundTrip write(String sql, List<Column> columns, int expected) {
        steps.add(new Step(sql, columns, null, expected));
        return this;
    }

    void run(Connection connection) throws SQLException {
        if (steps.isEmpty()) {
            return;
        }
        StringJoiner sql = new StringJoiner(";\n");
        steps.forEach(step -> sql.add(step.sql));
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int parameter = 1;
            for (Step step : steps) {
                for (Column column : step.columns) {
                    statement.setObject(parameter++, column);
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
            try (ResultSet row = statement.getResultSet()) {
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
