package ai.mavster.credits.alert.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * At the present rate credits run out before the renewal.
 *
 * @param perDay the rate
 * @param runsOutAt when nothing will be available at that rate
 * @param renewsAt later than that
 */
@Schema(
        name = "CreditsRunningOut",
        description = "At the present rate credits run out before the renewal. Once a period.",
        examples = """
        {"available": 1000, "per_day": 400, "runs_out_at": "2026-11-24T06:39:00Z", "renews_at": "2026-12-21T18:39:00Z"}""")
public record CreditsRunningOut(
        @Schema(examples = "1000") Credits available,

        @Schema(description = "What the last days used, a day.", examples = "400")
        Credits perDay,

        Instant runsOutAt,
        Instant renewsAt)
        implements Announcement {

    @Override
    public EventType type() {
        return EventType.CREDITS_RUNNING_OUT;
    }
}
