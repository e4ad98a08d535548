package ai.mavster.credits.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a row that the row itself keeps, so that a column which is changed behind the service's back does not fit
 * any more. Everybody can make one: it shows slips and edits by hand, not a forger. Hence eight bytes are enough.
 *
 * <p>Its form: the table's name, then each column in the declared order, every value behind its length; an absent one
 * is the length -1.
 */
final class Checksum {

    /** The column that keeps it. */
    static final String COLUMN = "checksum";

    private static final int ABSENT = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);

    Checksum(String table) {
        add(SqlType.TEXT, table);
    }

    /** A number counts without the zeros at its end, which the database adds. */
    Checksum add(SqlType type, @Nullable Object value) {
        try {
            if (value == null) {
                out.writeInt(ABSENT);
            } else if (value instanceof BigDecimal number) {
                SqlType.TEXT.write(number.stripTrailingZeros().toPlainString(), out);
            } else {
                type.write(value, out);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is written outside memory", e);
        }
        return this;
    }

    /** The first eight bytes of the SHA-256. */
    long value() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            long value = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                value = (value << Byte.SIZE) | (digest[i] & 0xFF);
            }
            return value;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
