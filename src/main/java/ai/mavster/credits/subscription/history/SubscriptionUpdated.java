package ai.mavster.credits.subscription.history;

import ai.mavster.credits.Credits;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A subscription was changed. A month that merely follows another is no change.
 *
 * @param previousPlan null: there was none; {@code previousStatus} likewise
 * @param nextPlan null: no change is coming
 * @param granted what the change granted at once beside the month
 */
@Schema(
        name = "SubscriptionUpdated",
        description = "A subscription was changed. That a month follows another is no change.",
        examples = """
        {"change_id": "change_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "change": "changed", "previous_plan": "basic",\
         "previous_status": "active", "plan": "pro", "next_plan": null, "status": "active", "cancel_at_period_end": false,\
         "period_index": 0, "period_start": "2026-11-21T18:39:00Z", "period_end": "2026-12-21T18:39:00Z", "granted": 17000}""")
public record SubscriptionUpdated(
        String changeId,
        ChangeKind change,
        @Nullable String previousPlan,
        @Nullable SubscriptionStatus previousStatus,
        String plan,
        @Nullable String nextPlan,
        SubscriptionStatus status,
        boolean cancelAtPeriodEnd,
        int periodIndex,
        Instant periodStart,
        Instant periodEnd,
        Credits granted)
        implements Announcement {

    public static SubscriptionUpdated of(SubscriptionChanged change) {
        Subscription before = change.before();
        Subscription after = change.after();
        return new SubscriptionUpdated(
                PublicId.CHANGE.of(change.changeId()),
                change.kind(),
                before == null ? null : before.terms().plan().planId(),
                before == null ? null : before.status(),
                after.terms().plan().planId(),
                after.nextTerms() == null ? null : after.nextTerms().plan().planId(),
                after.status(),
                after.cancelAtPeriodEnd(),
                after.period().index(),
                after.period().start(),
                after.period().end(),
                change.granted());
    }

    @Override
    public EventType type() {
        return EventType.SUBSCRIPTION_UPDATED;
    }
}
