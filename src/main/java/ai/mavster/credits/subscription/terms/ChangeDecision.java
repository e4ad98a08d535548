package ai.mavster.credits.subscription.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.PlanTerms;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a change comes to, made or only asked about.
 *
 * @param after the subscription as requested, with nothing granted yet
 * @param month the monthly grant that it makes at once, which may come to nothing; null: there is none to make
 * @param difference what it grants at once beside the month, likewise; null: nothing is asked for
 */
public record ChangeDecision(
        @Nullable Subscription before,
        Subscription after,
        @Nullable MonthlyGrant month,
        @Nullable MonthlyGrant difference) {

    /**
     * @param plan see {@link SubscriptionDecision#change}
     * @param balance of the account, held credits too
     */
    public static ChangeDecision decide(
            @Nullable Subscription before,
            SubscriptionDecision.Request request,
            @Nullable PlanTerms plan,
            ZoneId accountZone,
            Credits balance,
            Instant now) {
        Subscription after = SubscriptionDecision.change(before, request, plan, accountZone, now);
        if (SubscriptionDecision.grants(after, now)) {
            return new ChangeDecision(before, after, MonthlyGrant.of(after, balance), null);
        }
        Credits most = SubscriptionDecision.difference(after, request.grants(), now);
        return new ChangeDecision(
                before,
                after,
                null,
                most.isZero()
                        ? null
                        : MonthlyGrant.decide(balance, most, after.terms().cap()));
    }

    /** Whether anything comes of it. */
    public boolean changes() {
        return before == null || month != null || difference != null || !after.sameAs(before);
    }

    /** What it grants at once; null: nothing was to be decided. */
    public @Nullable MonthlyGrant grant() {
        return month == null ? difference : month;
    }

    /** The subscription once that is granted. */
    public Subscription granted(Instant now) {
        if (month != null) {
            return after.granted(now);
        }
        return difference == null ? after : after.grantedDifference(now);
    }
}
