package ai.mavster.credits.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as the ledger's transactions write it, declared once: its key, which starts with the account, and its columns
 * in the order in which a select list names them and a {@link Row} is read. Its statements are made of that.
 *
 * @param <R> a row
 */
public final class Table<R> {

    /** What a write does to a column of a row that is there already. */
    enum Change {
        KEY,
        /** Written once, with the row. */
        NEVER,
        /** Takes the new value. */
        REPLACE,
        /** Adds the new value to what is there. */
        ADD
    }

    /** Up to so many rows go over {@code VALUES}; beyond, arrays cost less than ever longer statements. */
    private static final int MOST_VALUES = 2;

    private final String name;
    private final List<Column<R>> declared;
    private final List<Column<R>> covered;
    private final Map<Column<R>, Change> columns;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    /**
     * @param covered the columns under the checksum; none if there is no checksum
     */
    Table(String name, List<Column<R>> declared, List<Column<R>> covered, Map<Column<R>, Change> columns) {
        this.name = name;
        this.declared = declared;
        this.covered = covered;
        this.columns = columns;
    }

    /** Begins a declaration. */
    public static <R> Declaration<R> named(String name) {
        return new Declaration<>(name);
    }

    /** The same table, where a write adds to these columns and leaves the others of a row that is there as they are. */
    public Table<R> addingTo(String... names) {
        Map<Column<R>, Change> same = new LinkedHashMap<>();
        columns.forEach((column, change) -> same.put(
                column,
                change == Change.KEY
                        ? Change.KEY
                        : List.of(names).contains(column.name()) ? Change.ADD : Change.NEVER));
        return new Table<>(name, declared, covered, Collections.unmodifiableMap(same));
    }

    String name() {
        return name;
    }

    /** The columns under the checksum. */
    List<Column<R>> covered() {
        return covered;
    }

    /** The account first. */
    List<Column<R>> keys() {
        return of(Change.KEY);
    }

    static <R> long checksumOf(String table, List<Column<R>> columns, R row) {
        Checksum checksum = new Checksum(table);
        columns.forEach(column -> checksum.add(column.type(), column.value(row)));
        return checksum.value();
    }

    /** What a row's checksum has to be, for the rare statement that is not made here. */
    public long checksum(R row) {
        return checksumOf(name, covered, row);
    }

    /** All columns for a select list, in the declared order: {@code r.account_id, r.run_id, …}. Not the checksum. */
    public String select(String alias) {
        return select(declared, alias);
    }

    private static <R> String select(List<Column<R>> columns, String alias) {
        return columns.stream().map(column -> alias + "." + column.name()).collect(Collectors.joining(", "));
    }

    /**
     * A query for an account's rows with their checksums, to be read by {@link #wrongChecksum}. Its one parameter is
     * the account.
     */
    public String rowsWithChecksums() {
        return "SELECT %s, t.%s FROM %s t WHERE t.%s = ?"
                .formatted(
                        select(covered, "t"),
                        Checksum.COLUMN,
                        name,
                        declared.get(0).name());
    }

    /** Null where a row and its checksum fit; or else the row's key, without the account: {@code run_id run-17}. */
    public @Nullable String wrongChecksum(Row row) throws SQLException {
        Checksum checksum = new Checksum(name);
        StringJoiner key = new StringJoiner(", ");
        for (Column<R> column : covered) {
            Object value = column.type().read(row);
            checksum.add(column.type(), value);
            if (columns.get(column) == Change.KEY && !column.equals(declared.get(0))) {
                key.add(column.name() + " " + value);
            }
        }
        Long kept = row.bigintOrNull();
        return kept != null && kept == checksum.value() ? null : key.toString();
    }

    /** Adds rows; one that is there already fails the transaction. */
    public void insert(RoundTrip writes, Collection<? extends R> rows) {
        write(writes, rows, "", rows.size());
    }

    /** Adds rows, and changes those that are there already. No two may have the same key. */
    public void upsert(RoundTrip writes, Collection<? extends R> rows) {
        write(writes, rows, onConflict(), rows.size());
    }

    /** Adds those rows that are not there already. */
    public void insertMissing(RoundTrip writes, Collection<? extends R> rows) {
        write(writes, rows, " ON CONFLICT (" + keyNames() + ") DO NOTHING", -1);
    }

    /**
     * Changes rows that are there. One goes by its key in half the time of an upsert; of several an update would have
     * to join them, which could be planned, while the table is small, to read all of it.
     */
    public void update(RoundTrip writes, Collection<? extends R> rows) {
        if (rows.size() != 1) {
            upsert(writes, rows);
            return;
        }
        R row = rows.iterator().next();
        List<Parameter> parameters = new ArrayList<>();
        of(Change.REPLACE).forEach(column -> parameters.add(column.of(row)));
        of(Change.KEY).forEach(column -> parameters.add(column.of(row)));
        writes.write(statements.computeIfAbsent("update", key -> updateByKey()), parameters, 1);
    }

    /** Takes a row away, by its key, if it is there. */
    public void delete(RoundTrip writes, R row) {
        List<Parameter> parameters =
                of(Change.KEY).stream().map(column -> column.of(row)).toList();
        writes.write(statements.computeIfAbsent("delete", key -> "DELETE FROM " + name + byKey()), parameters, -1);
    }

    /**
     * Adds to the {@code adding} columns of rows that are there; of one that is not, nothing is written. One statement
     * a row: for amounts that may be negative, as no row could be inserted with.
     */
    public void add(RoundTrip writes, Collection<? extends R> rows) {
        for (R row : rows) {
            List<Parameter> parameters = new ArrayList<>();
            of(Change.ADD).forEach(column -> parameters.add(column.of(row)));
            of(Change.KEY).forEach(column -> parameters.add(column.of(row)));
            writes.write(statements.computeIfAbsent("add", key -> addByKey()), parameters, -1);
        }
    }

    private void write(RoundTrip writes, Collection<? extends R> rows, String suffix, int expected) {
        if (rows.isEmpty()) {
            return;
        }
        if (writes.account() == null && rows.size() > MOST_VALUES) {
            List<Parameter> parameters =
                    columns.keySet().stream().map(column -> column.array(rows)).toList();
            writes.write(
                    statements.computeIfAbsent("arrays" + suffix, key -> overArrays(suffix)), parameters, expected);
            return;
        }
        List<R> left = List.copyOf(rows);
        while (!left.isEmpty()) {
            // In powers of two, so that few statements serve any number of rows.
            int size = Integer.highestOneBit(left.size());
            List<Parameter> parameters = new ArrayList<>(size * columns.size());
            for (R row : left.subList(0, size)) {
                columns.keySet().forEach(column -> parameters.add(column.of(row)));
            }
            writes.write(
                    statements.computeIfAbsent(size + suffix, key -> overValues(size, suffix)),
                    parameters,
                    expected < 0 ? -1 : size);
            left = left.subList(size, left.size());
        }
    }

    private String overArrays(String suffix) {
        return insertInto() + " SELECT * FROM unnest("
                + columns.keySet().stream().map(Column::arrayParameter).collect(Collectors.joining(", ")) + ")"
                + suffix;
    }

    private String overValues(int rows, String suffix) {
        String row = columns.keySet().stream().map(Column::parameter).collect(Collectors.joining(", ", "(", ")"));
        return insertInto() + " VALUES " + String.join(", ", Collections.nCopies(rows, row)) + suffix;
    }

    private String insertInto() {
        return "INSERT INTO " + name + " AS present ("
                + columns.keySet().stream().map(Column::name).collect(Collectors.joining(", ")) + ")";
    }

    private String onConflict() {
        return columns.entrySet().stream()
                .filter(column -> Set.of(Change.REPLACE, Change.ADD).contains(column.getValue()))
                .map(column -> column.getKey().name() + " = "
                        + (column.getValue() == Change.ADD
                                ? "present." + column.getKey().name() + " + "
                                : "")
                        + "excluded." + column.getKey().name())
                .collect(Collectors.joining(", ", " ON CONFLICT (" + keyNames() + ") DO UPDATE SET ", ""));
    }

    private String updateByKey() {
        return "UPDATE " + name + " SET "
                + of(Change.REPLACE).stream()
                        .map(column -> column.name() + " = " + column.parameter())
                        .collect(Collectors.joining(", "))
                + byKey();
    }

    private String addByKey() {
        return "UPDATE " + name + " SET "
                + of(Change.ADD).stream()
                        .map(column -> column.name() + " = " + column.name() + " + " + column.parameter())
                        .collect(Collectors.joining(", "))
                + byKey();
    }

    private String byKey() {
        return " WHERE "
                + of(Change.KEY).stream()
                        .map(column -> column.name() + " = " + column.parameter())
                        .collect(Collectors.joining(" AND "));
    }

    private String keyNames() {
        return of(Change.KEY).stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private List<Column<R>> of(Change change) {
        return columns.entrySet().stream()
                .filter(column -> column.getValue() == change)
                .map(Map.Entry::getKey)
                .toList();
    }
}
