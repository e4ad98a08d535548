package ai.mavster.credits.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Reads RFC 3339 instants. */
public final class Instants {

    public static final String EXPECTED = "must be an instant such as 2026-11-21T18:39:00Z, from the year 1 to 9999";

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
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(EXPECTED, malformed);
        }
        // In UTC, as it is kept and answered: an offset may lead out of the years that the text names.
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
