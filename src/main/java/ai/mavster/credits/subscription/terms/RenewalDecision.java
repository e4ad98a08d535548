package ai.mavster.credits.subscription.terms;

import ai.mavster.credits.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is due next for a subscription, and what it comes to, done or only asked about.
 *
 * @param after the subscription then, with nothing granted yet; where nothing is due, as it was
 * @param grant the monthly grant of the period that it enters; null: it enters none, or one that was granted already
 *     or never paid for
 */
public record RenewalDecision(
        SubscriptionDecision.Due due,
        Subscription after,
        @Nullable MonthlyGrant grant) {

    /**
     * @param balance of the account, held credits too
     * @param by what is due by then; see {@link SubscriptionDecision#due(Subscription, Instant, Instant)}
     */
    public static RenewalDecision decide(Subscription before, Credits balance, Instant by, Instant now) {
        SubscriptionDecision.Due due = SubscriptionDecision.due(before, by, now);
        return switch (due) {
            case NOTHING -> new RenewalDecision(due, before, null);
            case END -> new RenewalDecision(due, before.ended(now), null);
            case RENEWAL -> {
                Subscription entered = before.enteringNext(now);
                yield new RenewalDecision(
                        due,
                        entered,
                        entered.isUngranted() && entered.isPaidFor() ? MonthlyGrant.of(entered, balance) : null);
            }
        };
    }
}
