package ai.mavster.credits.sql;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row that was read, column after column: each call takes the next one. */
public final class Row {

    /** Makes something of a row. */
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    private final ResultSet result;
    private int column;

    /** The rows of a result, before the first. */
    public Row(ResultSet result) {
        this.result = result;
    }

    /** Moves to the next row, before its first column; false: there is none. */
    public boolean next() throws SQLException {
        column = 0;
        return result.next();
    }

    public String text() throws SQLException {
        return Objects.requireNonNull(textOrNull());
    }

    public @Nullable String textOrNull() throws SQLException {
        return result.getString(++column);
    }

    public long bigint() throws SQLException {
        return result.getLong(++column);
    }

    public @Nullable Long bigintOrNull() throws SQLException {
        long value = result.getLong(++column);
        return result.wasNull() ? null : value;
    }

    public int integer() throws SQLException {
        return result.getInt(++column);
    }

    public @Nullable Integer integerOrNull() throws SQLException {
        int value = result.getInt(++column);
        return result.wasNull() ? null : value;
    }

    public boolean bool() throws SQLException {
        return result.getBoolean(++column);
    }

    public @Nullable Boolean boolOrNull() throws SQLException {
        boolean value = result.getBoolean(++column);
        return result.wasNull() ? null : value;
    }

    /** An amount that is kept in millionths. */
    public Credits credits() throws SQLException {
        return new Credits(result.getLong(++column));
    }

    public @Nullable Credits creditsOrNull() throws SQLException {
        Long millionths = bigintOrNull();
        return millionths == null ? null : new Credits(millionths);
    }

    public BigDecimal numeric() throws SQLException {
        return Objects.requireNonNull(numericOrNull());
    }

    public @Nullable BigDecimal numericOrNull() throws SQLException {
        return result.getBigDecimal(++column);
    }

    public Instant instant() throws SQLException {
        return Objects.requireNonNull(instantOrNull());
    }

    public @Nullable Instant instantOrNull() throws SQLException {
        Timestamp timestamp = result.getTimestamp(++column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    public UUID uuid() throws SQLException {
        return Objects.requireNonNull(uuidOrNull());
    }

    public @Nullable UUID uuidOrNull() throws SQLException {
        return result.getObject(++column, UUID.class);
    }

    public byte[] bytes() throws SQLException {
        return Objects.requireNonNull(bytesOrNull());
    }

    public byte @Nullable [] bytesOrNull() throws SQLException {
        return result.getBytes(++column);
    }

    public @Nullable Metadata metadataOrNull() throws SQLException {
        return Metadata.ofJson(textOrNull());
    }

    /** Passes over columns that are of no use here. */
    public Row skip(int columns) {
        column += columns;
        return this;
    }
}
