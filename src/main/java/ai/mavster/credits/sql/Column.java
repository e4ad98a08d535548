package ai.mavster.credits.sql;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of rows: its name, its type, and where a row has its value.
 *
 * @param <R> a row
 */
public final class Column<R> {

    private final String name;
    private final SqlType type;
    private final Function<R, ? extends @Nullable Object> value;

    private Column(String name, SqlType type, Function<R, ? extends @Nullable Object> value) {
        this.name = name;
        this.type = type;
        this.value = value;
    }

    public static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, SqlType.TEXT, value);
    }

    /** A column of the values themselves, for a {@link Lookup} by one text. */
    public static Column<String> text(String name) {
        return new Column<>(name, SqlType.TEXT, text -> text);
    }

    public static <R> Column<R> uuid(String name, Function<R, @Nullable UUID> value) {
        return new Column<>(name, SqlType.UUID, value);
    }

    public static <R> Column<R> bigint(String name, ToLongFunction<R> value) {
        return new Column<>(name, SqlType.BIGINT, row -> value.applyAsLong(row));
    }

    public static <R> Column<R> bigintOrNull(String name, Function<R, @Nullable Long> value) {
        return new Column<>(name, SqlType.BIGINT, value);
    }

    /** An amount, in millionths. */
    public static <R> Column<R> credits(String name, Function<R, @Nullable Credits> value) {
        return new Column<>(name, SqlType.BIGINT, value);
    }

    public static <R> Column<R> numeric(String name, Function<R, @Nullable BigDecimal> value) {
        return new Column<>(name, SqlType.NUMERIC, value);
    }

    /** To the microsecond. */
    public static <R> Column<R> instant(String name, Function<R, @Nullable Instant> value) {
        return new Column<>(name, SqlType.INSTANT, value);
    }

    public static <R> Column<R> bytes(String name, Function<R, byte @Nullable []> value) {
        return new Column<>(name, SqlType.BYTES, value);
    }

    public static <R> Column<R> bool(String name, Function<R, Boolean> value) {
        return new Column<>(name, SqlType.BOOLEAN, value);
    }

    /** Of {@code jsonb}. */
    public static <R> Column<R> metadata(String name, Function<R, @Nullable Metadata> value) {
        return new Column<>(name, SqlType.METADATA, value);
    }

    /** Of {@code json}. */
    public static <R> Column<R> json(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, SqlType.JSON, value);
    }

    String name() {
        return name;
    }

    SqlType type() {
        return type;
    }

    /** A row's value. */
    @Nullable
    Object value(R row) {
        return value.apply(row);
    }

    /** {@code ?::bigint}, which tells the planner the type of a value that stands alone. */
    String parameter() {
        return "?::" + type.sqlName();
    }

    /** {@code ?::bigint[]}. */
    String arrayParameter() {
        return "?::" + type.arrayName();
    }

    /** The values of all rows, as an SQL array. */
    Parameter array(Collection<? extends R> rows) {
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        for (R row : rows) {
            values.add(value.apply(row));
        }
        return Parameter.array(type, values);
    }

    /** One row's value. */
    Parameter of(R row) {
        return Parameter.of(type, value.apply(row));
    }
}
