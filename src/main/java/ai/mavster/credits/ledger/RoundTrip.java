package ai.mavster.credits.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent to the database together and answered together, so that a transaction waits for the network once, however many
 * tables it touches. They run one after another: each sees what those before it did, and, at READ COMMITTED, what others had committed
 * when the one before it was done.
 *
 * <p>Statements are over {@code unnest(?::type[], …)} and {@code = ANY (?)}, for any number of rows. Those with one row, as most have on a
 * single busy account and all of a lone caller's, are sent over {@code VALUES} and {@code =} instead, which costs PostgreSQL half as much.
 */
public final class RoundTrip {

    private static final Pattern ROWS = Pattern.compile("unnest\\(([^()]*)\\)(\\s+AS\\b)?");

    /** The statements for one row, by those for many: of these there are as many as the code has. */
    private static final Map<String, String> FOR_ONE_ROW = new ConcurrentHashMap<>();

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
            String sql, List<Column> columns, @Nullable Rows rows, int expected) {

        boolean isOfOneRow() {
            return !columns.isEmpty() && columns.stream().allMatch(column -> column.size() == 1);
        }

        String text() {
            return isOfOneRow() ? FOR_ONE_ROW.computeIfAbsent(sql, RoundTrip::forOneRow) : sql;
        }

        int bind(PreparedStatement statement, int from) throws SQLException {
            boolean ofOneRow = isOfOneRow();
            int parameter = from;
            for (Column column : columns) {
                if (ofOneRow) {
                    column.bindOnly(statement, parameter++);
                } else {
                    column.bindAll(statement, parameter++);
                }
            }
            return parameter;
        }
    }

    static String forOneRow(String sql) {
        String equal = sql.replace("= ANY (?)", "= ?");
        return ROWS.matcher(equal)
                .replaceAll(rows -> "(VALUES (" + rows.group(1).replace("[]", "") + "))"
                        + (rows.group(2) == null ? " AS one" : rows.group(2)));
    }

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
        steps.forEach(step -> sql.add(step.text()));
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int parameter = 1;
            for (Step step : steps) {
                parameter = step.bind(statement, parameter);
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
