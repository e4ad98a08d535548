package ai.mavster.credits.sql;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The declaration of a {@link Table}, column after column.
 *
 * @param <R> a row
 */
public final class Declaration<R> {

    private final String name;
    private final Map<Column<R>, Table.Change> columns = new LinkedHashMap<>();
    private final Set<Column<R>> counted = new HashSet<>();

    Declaration(String name) {
        this.name = name;
    }

    /** A part of the key. */
    public Declaration<R> key(Column<R> column) {
        columns.put(column, Table.Change.KEY);
        return this;
    }

    /** A column that is written with the row and never changed. */
    public Declaration<R> column(Column<R> column) {
        columns.put(column, Table.Change.NEVER);
        return this;
    }

    /** A column that an update or upsert replaces. */
    public Declaration<R> changing(Column<R> column) {
        columns.put(column, Table.Change.REPLACE);
        return this;
    }

    /**
     * A column that an update or upsert replaces, and that no checksum covers: others add to it, and it can be counted
     * again.
     */
    public Declaration<R> counted(Column<R> column) {
        counted.add(column);
        return changing(column);
    }

    /** A column that an upsert adds to. */
    public Declaration<R> adding(Column<R> column) {
        columns.put(column, Table.Change.ADD);
        return this;
    }

    public Table<R> declared() {
        return new Table<>(
                name,
                List.copyOf(columns.keySet()),
                List.of(),
                Collections.unmodifiableMap(new LinkedHashMap<>(columns)));
    }

    /**
     * A table whose rows keep a {@link Checksum} over all declared columns that are not {@link #counted}, in a column
     * {@code checksum} that nobody else writes.
     */
    public Table<R> withChecksum() {
        return withChecksum(row -> true);
    }

    /**
     * The same for some of the rows; the others have none.
     *
     * @param which reads columns that are never changed
     */
    public Table<R> withChecksum(Predicate<R> which) {
        if (columns.containsValue(Table.Change.ADD)) {
            throw new IllegalStateException("What a column of " + name + " comes to is not known where it is written");
        }
        List<Column<R>> declared = List.copyOf(columns.keySet());
        List<Column<R>> covered =
                declared.stream().filter(column -> !counted.contains(column)).toList();
        Column<R> checksum = Column.bigintOrNull(
                Checksum.COLUMN, row -> which.test(row) ? Table.checksumOf(name, covered, row) : null);
        Map<Column<R>, Table.Change> all = new LinkedHashMap<>(columns);
        all.put(checksum, Table.Change.REPLACE);
        return new Table<>(name, declared, covered, Collections.unmodifiableMap(all));
    }
}
