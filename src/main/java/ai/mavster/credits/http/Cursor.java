package ai.mavster.credits.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;

/** Where a page ends: the key of its last row, in a form that callers pass back and do not read. */
public final class Cursor {

    private static final int MAX_LENGTH = 1_000;
    private static final String NUMBER = "n";
    private static final String TEXT = "t";

    private Cursor() {}

    public static String of(long key) {
        return encode(NUMBER + key);
    }

    public static String of(String key) {
        return encode(TEXT + key);
    }

    public static String of(Instant key) {
        return of(key.toString());
    }

    /**
     * @throws ProblemException 400 naming {@code cursor} if it is none of {@link #of(long)}
     */
    public static long toNumber(String cursor) {
        try {
            return Long.parseLong(decode(cursor, NUMBER));
        } catch (NumberFormatException notOurs) {
            throw invalid();
        }
    }

    /**
     * @throws ProblemException 400 naming {@code cursor} if it is none of {@link #of(String)}
     */
    public static String toText(String cursor) {
        return decode(cursor, TEXT);
    }

    /**
     * @throws ProblemException 400 naming {@code cursor} if it is none of {@link #of(Instant)}
     */
    public static Instant toInstant(String cursor) {
        try {
            return Instants.parse(toText(cursor));
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
    }

    private static String encode(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8));
    }

    private static String decode(String cursor, String kind) {
        if (cursor.length() > MAX_LENGTH) {
            throw invalid();
        }
        String content;
        try {
            content = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
        // Only what was handed out comes back: this also refuses bytes that are not UTF-8, and NUL, which PostgreSQL
        // would choke on.
        if (!content.startsWith(kind) || !encode(content).equals(cursor) || content.indexOf('\0') >= 0) {
            throw invalid();
        }
        return content.substring(kind.length());
    }

    private static ProblemException invalid() {
        return Problems.invalidRequest("cursor", "is not a cursor of this list");
    }
}
