package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Credits;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.portal.Sentence;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Subscription;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next monthly grant in words. Pure.
 *
 * @param amount what it comes to if the balance stays as it is; null: none is coming
 * @param at when; null: likewise
 * @param text how much of what, why, and what to do for all of it
 */
@TemplateData
public record ComingGrant(
        @Nullable Credits amount, @Nullable Instant at, Sentence text) {

    static ComingGrant of(AccountSummary account) {
        NextGrant next = account.nextGrant();
        SubscriptionView view = account.subscription();
        return next == null || view == null
                ? new ComingGrant(null, null, none(account, view))
                : new ComingGrant(
                        next.amount(), next.at(), of(next, view.subscription().enteringNext(view.asOf())));
    }

    private static Sentence none(AccountSummary account, @Nullable SubscriptionView view) {
        if (account.closedAt() != null) {
            return Sentence.of("overview.next.closed");
        }
        if (view == null) {
            return Sentence.of("overview.next.no_plan");
        }
        return switch (view.status()) {
            case PAST_DUE -> Sentence.of("overview.next.past_due");
            case PAUSED -> Sentence.of("overview.next.paused");
            case CANCELED -> Sentence.of("overview.next.canceled");
            case ACTIVE, TRIALING ->
                Sentence.of(
                        "overview.next.ends",
                        view.subscription().billingPeriod().end());
        };
    }

    /** The cap is that of then: a plan may change with the period. */
    private static Sentence of(NextGrant next, Subscription then) {
        Credits cap = then.terms().cap();
        Credits allotment = next.amount().plus(next.withheld());
        return switch (next.reason()) {
            case "within_cap" -> Sentence.of("overview.next.full", next.amount(), allotment, cap);
            case "no_cap" -> Sentence.of("overview.next.no_cap", next.amount());
            case "filled_up_to_cap" ->
                next.useFirst() == null
                        ? Sentence.of("overview.next.partial.always", next.amount(), allotment, cap)
                        : Sentence.of("overview.next.partial", next.amount(), allotment, cap, next.useFirst());
            case "at_or_above_cap" ->
                next.useFirst() == null
                        ? Sentence.of("overview.next.skipped.always", cap)
                        : Sentence.of("overview.next.skipped", allotment, cap, next.useFirst());
            case "trial_granted_before" -> Sentence.of("overview.next.trial");
            default -> Sentence.of("overview.next.already");
        };
    }
}
