package ai.mavster.credits.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Reads RFC 3339 instants. */
final class Instants {

    static final String EXPECTED = "must be an instant such as 2026-11-21T18:39:00Z, from the year 1 to 9999";

    private Instants() {}

    /**
     * An instant to the microsecond: finer than that the database keeps none, and what is answered first and read later must be the same.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static Instant parse(String text) {
        OffsetDateTime instant;
        try {
            instant = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(EXPECTED, malformed);
        }
        if (instant.getYear() < 1 || instant.getYear() > 9999) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return instant.toInstant().truncatedTo(ChronoUnit.MICROS);
    }
}
