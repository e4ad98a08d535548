package ai.mavster.credits.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How long one row of an answer is, in UTC. */
@Schema(name = "UsageBucket")
enum Bucket {
    HOUR(31),
    DAY(400),
    MONTH(400);

    /** The longest range that may be asked for: beyond it there would be more rows than anyone reads. */
    final Duration most;

    Bucket(int days) {
        this.most = Duration.ofDays(days);
    }

    /** Where the bucket starts that an instant lies in. */
    Instant start(Instant instant) {
        return switch (this) {
            case HOUR -> instant.truncatedTo(ChronoUnit.HOURS);
            case DAY -> instant.truncatedTo(ChronoUnit.DAYS);
            case MONTH ->
                instant.atZone(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.DAYS)
                        .withDayOfMonth(1)
                        .toInstant();
        };
    }

    /** The instant after the bucket that starts there. */
    Instant end(Instant start) {
        ZonedDateTime utc = start.atZone(ZoneOffset.UTC);
        return switch (this) {
            case HOUR -> start.plus(1, ChronoUnit.HOURS);
            case DAY -> start.plus(1, ChronoUnit.DAYS);
            case MONTH -> utc.plusMonths(1).toInstant();
        };
    }
}
