package ai.mavster.credits.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Where a page ends: the key of its last row, in a form that callers pass back and do not read. */
public final class Cursor {

    private static final int MAX_LENGTH = 1_500;
    private static final Pattern NUMBERS = Pattern.compile("-?[0-9]{1,19}");
    private static final String NUMBER = "n";
    private static final String TEXT = "t";

    /** Separates the parts of a {@link Place}; no identifier has it. */
    private static final String SEPARATOR = "|";

    private Cursor() {}

    /** The key of a row in a list that is ordered by time first, then by ids. */
    public record Place(Instant time, List<String> ids) {}

    public static String of(long key) {
        return encode(NUMBER + key);
    }

    public static String of(String key) {
        return encode(TEXT + key);
    }

    public static String of(Instant key) {
        return of(key.toString());
    }

    /** Of a {@link Place}. */
    public static String of(Instant time, Collection<String> ids) {
        return of(time + SEPARATOR + String.join(SEPARATOR, ids));
    }

    /**
     * @throws ProblemException 400 naming {@code cursor} if it is none of {@link #of(long)}
     */
    public static long toNumber(String cursor) {
        String text = decode(cursor, NUMBER);
        if (!NUMBERS.matcher(text).matches()) {
            throw invalid();
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException outOfRange) {
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
        return instant(toText(cursor));
    }

    /**
     * @param ids how many ids it must have
     * @throws ProblemException 400 naming {@code cursor} if it is none of {@link #of(Instant, Collection)}
     */
    public static Place toPlace(String cursor, int ids) {
        List<String> parts = List.of(toText(cursor).split(Pattern.quote(SEPARATOR), -1));
        if (parts.size() != 1 + ids) {
            throw invalid();
        }
        return new Place(instant(parts.get(0)), parts.subList(1, parts.size()));
    }

    private static Instant instant(String text) {
        try {
            return Instants.parse(text);
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
        // Only what was handed out comes back; bytes that are not UTF-8, or NUL, the database would not take.
        if (!content.startsWith(kind) || !encode(content).equals(cursor) || content.indexOf('\0') >= 0) {
            throw invalid();
        }
        return content.substring(kind.length());
    }

    private static ProblemException invalid() {
        return Problems.invalidRequest("cursor", "is not a cursor of this list");
    }
}
