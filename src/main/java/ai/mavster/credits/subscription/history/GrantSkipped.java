package ai.mavster.credits.subscription.history;

import ai.mavster.credits.Credits;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Subscription;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A month granted nothing.
 *
 * @param reason as {@link MonthlyGrant#reason} has it
 * @param balanceBefore held credits too
 * @param cap null: no cap
 * @param withheld what it would have granted with less credits
 */
@Schema(
        name = "GrantSkipped",
        description = "A month granted nothing: the balance was at its cap. It is never made up.",
        examples = """
        {"plan": "basic", "period_index": 1, "period_start": "2026-12-21T18:39:00Z", "period_end": "2027-01-21T18:39:00Z",\
         "reason": "at_or_above_cap", "balance_before": 6000, "cap": 4500, "withheld": 3000}""")
public record GrantSkipped(
        String plan,
        int periodIndex,
        Instant periodStart,
        Instant periodEnd,
        String reason,
        Credits balanceBefore,
        @Nullable Credits cap,
        Credits withheld)
        implements Announcement {

    public static GrantSkipped of(Subscription subscription, MonthlyGrant grant) {
        return new GrantSkipped(
                subscription.terms().plan().planId(),
                subscription.period().index(),
                subscription.period().start(),
                subscription.period().end(),
                grant.reason(),
                grant.balance(),
                grant.cap(),
                grant.withheld());
    }

    @Override
    public EventType type() {
        return EventType.GRANT_SKIPPED;
    }
}
