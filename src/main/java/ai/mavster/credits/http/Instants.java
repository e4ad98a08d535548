package ai.mavster.credits.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Reads RFC 3339 instants. */
public final class Instants {

    public static final String EXPECTED = "must be an instant such as 2026-11-21T18:39:00Z, from the year 1 to 9999";

    /** RFC 3339, of the years 1 to 9999. */
    private static final Pattern FORM =
            Pattern.compile("(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-[0-9]{2}-[0-9]{2}"
                    + "[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?"
                    + "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])");

    private static final int OFFSET_LENGTH = "+00:00".length();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Instants() {}

    /**
     * An instant to the microsecond: finer than that the database keeps none, and what is answered first and read
     * later must be the same.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Instant parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        boolean utc = text.endsWith("Z") || text.endsWith("z");
        int end = text.length() - (utc ? 1 : OFFSET_LENGTH);
        Instant instant;
        try {
            instant = LocalDateTime.parse(text.substring(0, end))
                    .toInstant(ZoneOffset.UTC)
                    .minus(utc ? Duration.ZERO : offset(text.substring(end)));
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(EXPECTED, malformed);
        }
        // In UTC, as it is kept and answered: an offset may lead out of the years that the text names.
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Java's own offsets end at 18 hours, RFC 3339's at 23:59. */
    private static Duration offset(String text) {
        Duration offset = Duration.ofHours(Integer.parseInt(text.substring(1, 3)))
                .plusMinutes(Integer.parseInt(text.substring(4)));
        return text.startsWith("-") ? offset.negated() : offset;
    }
}
