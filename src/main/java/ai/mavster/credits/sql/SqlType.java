package ai.mavster.credits.sql;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;

/**
 * A type of column, and how its values are sent: in PostgreSQL's binary format, which the driver knows for some types
 * only. As text, half of the database's work on a batch would be to parse it again.
 */
enum SqlType {
    BOOLEAN("boolean", 16) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.boolOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeInt(1);
            out.writeBoolean((Boolean) value);
        }
    },
    BYTES("bytea", 17) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.bytesOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            sized((byte[]) value, out);
        }
    },
    BIGINT("bigint", 20) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.bigintOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            eightBytes(value instanceof Credits credits ? credits.millionths() : ((Number) value).longValue(), out);
        }
    },
    TEXT("text", 25) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.textOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            sized(((String) value).getBytes(StandardCharsets.UTF_8), out);
        }
    },
    /** To the microsecond, counted from 2000-01-01T00:00:00Z. */
    INSTANT("timestamptz", 1184) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.instantOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Instant instant = (Instant) value;
            long seconds = instant.getEpochSecond() - POSTGRES_EPOCH_SECOND;
            eightBytes(Math.addExact(Math.multiplyExact(seconds, 1_000_000L), instant.getNano() / 1_000L), out);
        }
    },
    NUMERIC("numeric", 1700) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.numericOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            sized(ByteConverter.numeric((BigDecimal) value), out);
        }
    },
    /** Sent as a text, since the driver knows no JSON. The database puts its pairs into an order of its own. */
    METADATA("jsonb", 25) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.metadataOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            TEXT.write(((Metadata) value).json(), out);
        }
    },
    /** Sent as a text, likewise, and kept as it is sent. */
    JSON("json", 25) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.textOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            TEXT.write(value, out);
        }
    },
    UUID("uuid", 2950) {
        @Override
        @Nullable
        Object read(Row row) throws SQLException {
            return row.uuidOrNull();
        }

        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            UUID id = (UUID) value;
            out.writeInt(2 * Long.BYTES);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        }
    };

    private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;

    private static final int NULL_LENGTH = -1;

    private final String sqlName;
    private final int oid;

    SqlType(String sqlName, int oid) {
        this.sqlName = sqlName;
        this.oid = oid;
    }

    /** As SQL writes it: {@code bigint}. */
    String sqlName() {
        return sqlName;
    }

    /** As SQL makes its array of the one that is sent: {@code bigint[]}. */
    String arrayName() {
        return switch (this) {
            case METADATA, JSON -> "text[]::" + sqlName + "[]";
            default -> sqlName + "[]";
        };
    }

    /** As {@code pg_type} has what is sent: {@code int8}. */
    String typeName() {
        return switch (this) {
            case BOOLEAN -> "bool";
            case BIGINT -> "int8";
            case METADATA, JSON -> TEXT.sqlName;
            default -> sqlName;
        };
    }

    /** The value's length, then the value. */
    abstract void write(Object value, DataOutputStream out) throws IOException;

    /** The row's next column. */
    abstract @Nullable Object read(Row row) throws SQLException;

    /**
     * Header: dimensions, whether there are nulls, the type; then the one dimension's length and first index; then the
     * elements.
     */
    byte[] array(Iterable<? extends @Nullable Object> values, int size) {
        return bytes(20 + 24 * size, out -> {
            out.writeInt(1);
            out.writeInt(1);
            out.writeInt(oid);
            out.writeInt(size);
            out.writeInt(1);
            for (Object value : values) {
                if (value == null) {
                    out.writeInt(NULL_LENGTH);
                } else {
                    write(value, out);
                }
            }
        });
    }

    /** The value behind its length. */
    byte[] element(Object value) {
        return bytes(24, out -> write(value, out));
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(int expected, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(expected);
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is written outside memory", e);
        }
        return bytes.toByteArray();
    }

    private static void eightBytes(long value, DataOutputStream out) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private static void sized(byte[] value, DataOutputStream out) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
