package ai.mavster.credits.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes texts out of the rows of a table that have a checksum, and renews that. The rows are gone through by their key,
 * so many at a time whether or not there is anything to take out of them: each step is short, however many there are.
 *
 * @param <R> a row
 */
public final class Redaction<R> {

    private static final int PART = 2_000;

    private final Table<R> table;
    private final Map<String, @Nullable String> instead;
    private final List<Column<R>> keys;
    private final String first;
    private final String next;
    private final String update;

    private Redaction(Table<R> table, Map<String, @Nullable String> instead, int part) {
        this.table = table;
        this.instead = instead;
        this.keys = table.keys();
        String others = keys.stream().skip(1).map(key -> "t." + key.name()).collect(Collectors.joining(", "));
        String after = keys.stream().skip(1).map(Column::parameter).collect(Collectors.joining(", "));
        String what =
                table.covered().stream().map(column -> "t." + column.name()).collect(Collectors.joining(", "));
        String differing = texts().stream()
                .map(text -> "t." + text.name() + " IS DISTINCT FROM " + text.parameter())
                .collect(Collectors.joining(" OR ", "(", ")"));
        // With the last one in any case, from which the next part goes on.
        String select = "SELECT " + what + ", t." + Checksum.COLUMN + " FROM (SELECT p.*, lead(1) OVER (ORDER BY "
                + others.replace("t.", "p.") + ") AS following FROM (SELECT t.* FROM " + table.name() + " t WHERE t."
                + keys.get(0).name() + " = ?%s ORDER BY " + others + " LIMIT " + part
                + ") p) t WHERE t.following IS NULL OR (t." + Checksum.COLUMN + " IS NOT NULL AND " + differing
                + ") ORDER BY " + others;
        first = select.formatted("");
        next = select.formatted(" AND (" + others + ") > (" + after + ")");
        update = "UPDATE " + table.name() + " SET "
                + texts().stream()
                        .map(text -> text.name() + " = " + text.parameter() + ", ")
                        .collect(Collectors.joining())
                + Checksum.COLUMN + " = ? WHERE "
                + keys.stream().map(key -> key.name() + " = " + key.parameter()).collect(Collectors.joining(" AND "));
    }

    /**
     * @param instead what the columns have afterwards that are to be emptied; a null: nothing
     */
    public static <R> Redaction<R> of(Table<R> table, Map<String, @Nullable String> instead) {
        return of(table, instead, PART);
    }

    static <R> Redaction<R> of(Table<R> table, Map<String, @Nullable String> instead, int part) {
        return new Redaction<>(table, instead, part);
    }

    private List<Column<R>> texts() {
        return table.covered().stream()
                .filter(column -> instead.containsKey(column.name()))
                .toList();
    }

    /** From the account's first row on. */
    public Pass<R> begin(String accountId) {
        return new Pass<>(this, accountId);
    }

    /** One pass over the rows of an account. */
    public static final class Pass<R> {

        private final Redaction<R> redaction;
        private final String accountId;
        private @Nullable List<@Nullable Object> last;

        private Pass(Redaction<R> redaction, String accountId) {
            this.redaction = redaction;
            this.accountId = accountId;
        }

        /**
         * Empties the next of them, within the caller's transaction.
         *
         * @return whether there may be more
         */
        public boolean next(Connection connection) throws SQLException {
            RoundTrip reads = RoundTrip.ofOneAccount(accountId);
            RoundTrip writes = RoundTrip.ofOneAccount(accountId);
            List<List<@Nullable Object>> rows = new ArrayList<>();
            reads.query(last == null ? redaction.first : redaction.next, parameters(), row -> {
                List<@Nullable Object> values = read(row);
                rows.add(values);
                if (row.bigintOrNull() != null) {
                    writes.write(redaction.update, changed(values), 1);
                }
            });
            reads.run(connection);
            writes.run(connection);
            if (!rows.isEmpty()) {
                last = rows.get(rows.size() - 1);
            }
            return !rows.isEmpty();
        }

        private List<Parameter> parameters() {
            List<Parameter> parameters = new ArrayList<>();
            parameters.add(Parameter.of(SqlType.TEXT, accountId));
            List<@Nullable Object> before = last;
            if (before != null) {
                redaction.keys.stream().skip(1).forEach(key -> parameters.add(key(key, before)));
            }
            redaction
                    .texts()
                    .forEach(text -> parameters.add(Parameter.of(text.type(), redaction.instead.get(text.name()))));
            return parameters;
        }

        private List<@Nullable Object> read(Row row) throws SQLException {
            List<@Nullable Object> values = new ArrayList<>();
            for (Column<R> column : redaction.table.covered()) {
                values.add(column.type().read(row));
            }
            return values;
        }

        private List<Parameter> changed(List<@Nullable Object> row) {
            List<Parameter> parameters = new ArrayList<>();
            redaction
                    .texts()
                    .forEach(text -> parameters.add(Parameter.of(text.type(), redaction.instead.get(text.name()))));
            Checksum checksum = new Checksum(redaction.table.name());
            for (int i = 0; i < row.size(); i++) {
                Column<R> column = redaction.table.covered().get(i);
                checksum.add(
                        column.type(),
                        redaction.instead.containsKey(column.name())
                                ? redaction.instead.get(column.name())
                                : row.get(i));
            }
            parameters.add(Parameter.of(SqlType.BIGINT, checksum.value()));
            redaction.keys.forEach(key -> parameters.add(key(key, row)));
            return parameters;
        }

        private Parameter key(Column<R> key, List<@Nullable Object> row) {
            int index = redaction.table.covered().indexOf(key);
            return Parameter.of(key.type(), Objects.requireNonNull(row.get(index)));
        }
    }
}
