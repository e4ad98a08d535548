package ai.mavster.credits.usage;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How long one row of an answer is. */
@Schema(name = "UsageBucket")
enum Bucket {
    HOUR(31),
    DAY(400),
    MONTH(400),
    /** A period of the account's subscription; without one, a month. */
    BILLING_PERIOD(400),
    /** All of the range is one. */
    NONE(400);

    /** The longest range that may be asked for: beyond it there would be more rows than anyone reads. */
    final Duration most;

    Bucket(int days) {
        this.most = Duration.ofDays(days);
    }
}
