package ai.mavster.credits.alert.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.limit.ThresholdsReached;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * So much of what the plan grants a month is used.
 *
 * @param threshold in percent of the allotment
 */
@Schema(
        name = "CreditsThresholdReached",
        description = "So much of what the plan grants a month is used. Once for each period and threshold.",
        examples = """
        {"threshold": 75, "used": 2251.5, "allotment": 3000, "window_start": "2026-11-21T18:39:00Z",\
         "window_end": "2026-12-21T18:39:00Z"}""")
public record CreditsThresholdReached(
        @Schema(description = "In percent of the plan's allotment.", examples = "75")
        BigDecimal threshold,

        @Schema(examples = "2251.5") Credits used,
        @Schema(examples = "3000") Credits allotment,
        Instant windowStart,

        @Schema(description = "Belongs to the next window; null: it has no end yet.") @Nullable
        Instant windowEnd)
        implements Announcement {

    /** Of what was heard. */
    public static CreditsThresholdReached of(ThresholdsReached reached, BigDecimal threshold) {
        return new CreditsThresholdReached(
                threshold, reached.used(), reached.limit(), reached.windowStart(), reached.windowEnd());
    }

    @Override
    public EventType type() {
        return EventType.CREDITS_THRESHOLD_REACHED;
    }
}
