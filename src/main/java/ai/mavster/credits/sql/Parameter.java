package ai.mavster.credits.sql;

import ai.mavster.credits.Metadata;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/** A statement's parameter with its value. */
interface Parameter {

    void bind(PreparedStatement statement, int index) throws SQLException;

    static Parameter array(SqlType type, List<? extends @Nullable Object> values) {
        byte[] bytes = type.array(values, values.size());
        return (statement, index) -> statement.setObject(index, new Binary("_" + type.typeName(), bytes, 0));
    }

    static Parameter of(SqlType type, @Nullable Object value) {
        if (value == null) {
            return (statement, index) -> statement.setNull(index, Types.NULL);
        }
        if (type == SqlType.TEXT || type == SqlType.JSON) {
            return (statement, index) -> statement.setString(index, (String) value);
        }
        if (type == SqlType.METADATA) {
            return (statement, index) -> statement.setString(index, ((Metadata) value).json());
        }
        if (type == SqlType.BYTES) {
            return (statement, index) -> statement.setBytes(index, (byte[]) value);
        }
        byte[] bytes = type.element(value);
        return (statement, index) -> statement.setObject(index, new Binary(type.typeName(), bytes, Integer.BYTES));
    }

    /** A value in PostgreSQL's own format. Not for one of no length: the driver would send null. */
    final class Binary extends PGobject implements PGBinaryObject {

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
            throw new UnsupportedOperationException("Parameters are only sent");
        }

        /**
         * Asked for where the connection was configured to send text; a null in its place would lose rows without a
         * word.
         */
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

        @Override
        public String toString() {
            return type + " of " + new String(bytes, StandardCharsets.ISO_8859_1).length() + " bytes";
        }
    }
}
