package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * One column of rows, for statements over {@code unnest(...)}: as an SQL array, so that their text is the same for any number of rows; or,
 * of one row, as a plain value ({@link RoundTrip}).
 *
 * <p>Sent in PostgreSQL's binary format, which the driver knows for some types only: as text, half of the database's work on a batch would
 * be to parse it again.
 */
public final class Column {

    /** PostgreSQL counts time from 2000-01-01T00:00:00Z. */
    private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;

    private static final int HEADER = 20;
    private static final int NULL_LENGTH = -1;

    private final Type type;
    private final int size;
    private final byte[] array;

    private Column(Type type, int size, byte[] array) {
        this.type = type;
        this.size = size;
        this.array = array;
    }

    /** The element types, with the numbers that PostgreSQL has for them in {@code pg_type}. */
    private enum Type {
        BOOLEAN("bool", 16),
        BYTES("bytea", 17),
        BIGINT("int8", 20),
        TEXT("text", 25),
        INSTANT("timestamptz", 1184),
        NUMERIC("numeric", 1700),
        UUID("uuid", 2950);

        private final String sqlName;
        private final int oid;

        Type(String sqlName, int oid) {
            this.sqlName = sqlName;
            this.oid = oid;
        }
    }

    /** Writes one element's value, which is not null. */
    private interface Element<V> {
        void write(V value, DataOutputStream out) throws IOException;
    }

    public static Column text(Collection<String> values) {
        return text(values, value -> value);
    }

    public static <T> Column text(Collection<T> rows, Function<T, @Nullable String> value) {
        return of(Type.TEXT, rows, value, (text, out) -> sized(text.getBytes(StandardCharsets.UTF_8), out));
    }

    public static <T> Column uuid(Collection<T> rows, Function<T, @Nullable UUID> value) {
        return of(Type.UUID, rows, value, (id, out) -> {
            out.writeInt(2 * Long.BYTES);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        });
    }

    public static <T> Column bigint(Collection<T> rows, ToLongFunction<T> value) {
        return of(Type.BIGINT, rows, value::applyAsLong, Column::eightBytes);
    }

    public static <T> Column bigints(Collection<T> rows, Function<T, @Nullable Long> value) {
        return of(Type.BIGINT, rows, value, (number, out) -> eightBytes(number, out));
    }

    /** Amounts in millionths. */
    public static <T> Column credits(Collection<T> rows, Function<T, @Nullable Credits> value) {
        return of(Type.BIGINT, rows, value, (credits, out) -> eightBytes(credits.millionths(), out));
    }

    public static <T> Column numeric(Collection<T> rows, Function<T, @Nullable BigDecimal> value) {
        return of(Type.NUMERIC, rows, value, (number, out) -> sized(ByteConverter.numeric(number), out));
    }

    /** To the microsecond. */
    public static <T> Column instant(Collection<T> rows, Function<T, @Nullable Instant> value) {
        return of(
                Type.INSTANT,
                rows,
                value,
                (instant, out) -> eightBytes(
                        Math.addExact(
                                Math.multiplyExact(instant.getEpochSecond() - POSTGRES_EPOCH_SECOND, 1_000_000L),
                                instant.getNano() / 1_000L),
                        out));
    }

    public static <T> Column bytes(Collection<T> rows, Function<T, byte @Nullable []> value) {
        return of(Type.BYTES, rows, value, Column::sized);
    }

    public static <T> Column bool(Collection<T> rows, Function<T, Boolean> value) {
        return of(Type.BOOLEAN, rows, value, (yes, out) -> {
            out.writeInt(1);
            out.writeBoolean(yes);
        });
    }

    private static void eightBytes(long value, DataOutputStream out) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private static void sized(byte[] value, DataOutputStream out) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    /** Header: dimensions, whether there are nulls, the type; then the one dimension's length and first index; then the elements. */
    private static <T, V> Column of(Type type, Collection<T> rows, Function<T, @Nullable V> value, Element<V> element) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER + 24 * rows.size());
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(1);
            out.writeInt(1);
            out.writeInt(type.oid);
            out.writeInt(rows.size());
            out.writeInt(1);
            for (T row : rows) {
                V one = value.apply(row);
                if (one == null) {
                    out.writeInt(NULL_LENGTH);
                } else {
                    element.write(one, out);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is written outside memory", e);
        }
        return new Column(type, rows.size(), bytes.toByteArray());
    }

    int size() {
        return size;
    }

    /** As an array. */
    void bindAll(PreparedStatement statement, int parameter) throws SQLException {
        statement.setObject(parameter, new Binary("_" + type.sqlName, array, 0));
    }

    /** The one row's value, as what it is. */
    void bindOnly(PreparedStatement statement, int parameter) throws SQLException {
        int length = ByteBuffer.wrap(array).getInt(HEADER);
        int from = HEADER + Integer.BYTES;
        if (length == NULL_LENGTH) {
            statement.setNull(parameter, Types.NULL);
        } else if (type == Type.TEXT) {
            statement.setString(parameter, new String(array, from, length, StandardCharsets.UTF_8));
        } else if (type == Type.BYTES) {
            statement.setBytes(parameter, Arrays.copyOfRange(array, from, from + length));
        } else {
            statement.setObject(parameter, new Binary(type.sqlName, array, from));
        }
    }

    /** A value in PostgreSQL's own format. Not for one of no length: the driver would send null. */
    private static final class Binary extends PGobject implements PGBinaryObject {

        private final transient byte[] bytes;
        private final int from;

        Binary(String type, byte[] bytes, int from) {
            this.type = type;
            this.bytes = bytes;
            this.from = from;
        }

        @Override
        public int lengthInBytes() {
            return bytes.length - from;
        }

        @Override
        public void toBytes(byte[] target, int offset) {
            System.arraycopy(bytes, from, target, offset, lengthInBytes());
        }

        @Override
        public void setByteValue(byte[] value, int offset) {
            throw new UnsupportedOperationException("Columns are only sent");
        }

        /** Asked for where the connection was told to send text; a null in its place would lose rows without a word. */
        @Override
        public String getValue() {
            throw new IllegalStateException(
                    "The database connection must send values as binary: remove binaryTransfer from its URL");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
