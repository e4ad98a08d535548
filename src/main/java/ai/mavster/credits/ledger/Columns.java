package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One column of many rows as an SQL array, for statements over {@code unnest(...)}: their text is the same for any number of rows. */
public final class Columns {

    private Columns() {}

    public static Array text(Connection connection, Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    public static <T> Array text(Connection connection, Collection<T> rows, Function<T, @Nullable String> value)
            throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(value).toArray());
    }

    public static <T> Array uuid(Connection connection, Collection<T> rows, Function<T, @Nullable UUID> value)
            throws SQLException {
        return connection.createArrayOf("uuid", rows.stream().map(value).toArray());
    }

    public static <T> Array bigint(Connection connection, Collection<T> rows, ToLongFunction<T> value)
            throws SQLException {
        return connection.createArrayOf(
                "bigint", rows.stream().mapToLong(value).boxed().toArray());
    }

    /** Amounts in millionths. */
    public static <T> Array credits(Connection connection, Collection<T> rows, Function<T, @Nullable Credits> value)
            throws SQLException {
        return connection.createArrayOf(
                "bigint",
                rows.stream()
                        .map(value)
                        .map(credits -> credits == null ? null : credits.millionths())
                        .toArray());
    }

    public static <T> Array numeric(Connection connection, Collection<T> rows, Function<T, @Nullable BigDecimal> value)
            throws SQLException {
        return connection.createArrayOf("numeric", rows.stream().map(value).toArray());
    }

    /** Sent as ISO 8601 text. */
    public static <T> Array instant(Connection connection, Collection<T> rows, Function<T, @Nullable Instant> value)
            throws SQLException {
        return connection.createArrayOf(
                "text",
                rows.stream()
                        .map(value)
                        .map(instant -> instant == null ? null : instant.toString())
                        .toArray());
    }

    public static <T> Array bytes(Connection connection, Collection<T> rows, Function<T, byte @Nullable []> value)
            throws SQLException {
        return connection.createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    public static <T> Array bool(Connection connection, Collection<T> rows, Function<T, Boolean> value)
            throws SQLException {
        return connection.createArrayOf("boolean", rows.stream().map(value).toArray());
    }
}
