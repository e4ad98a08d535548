package ai.mavster.credits.portal.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an owner may change of a subscription, and where. Pure.
 *
 * @param view null: there is no subscription
 * @param side who is paid
 * @param closed the account is
 */
record Offers(@Nullable SubscriptionView view, Side side, boolean closed) {

    /** Who is paid for subscriptions. */
    enum Side {
        /** Nobody, and nobody drives it. */
        NONE,
        /** There is a provider, and it does not drive this one. */
        READY,
        /** The provider drives it. */
        DRIVING,
        /** One drives it that is not configured. */
        ELSEWHERE
    }

    /** Where a change is made. */
    enum Way {
        /** Not at all: it makes no sense now. */
        NONE,
        /** Here, at once. */
        HERE,
        /** At the provider: it takes effect on its event. */
        PROVIDER,
        /** By the operator: it has to be paid, and there is nobody to pay. */
        OPERATOR
    }

    /** How one gets to a plan. */
    Way to(PlanTerms plan) {
        if (closed) {
            return Way.NONE;
        }
        if (view == null || view.status() == SubscriptionStatus.CANCELED) {
            return paid();
        }
        Subscription subscription = view.subscription();
        boolean present = isPresent(plan);
        if (!view.status().isRunning()) {
            return present ? paid() : Way.NONE;
        }
        if (present) {
            return subscription.nextTerms() == null ? Way.NONE : free();
        }
        if (!isSmaller(plan)) {
            return paid();
        }
        boolean chosen = subscription.nextTerms() != null
                && subscription.nextTerms().plan().planId().equals(plan.planId());
        return chosen || subscription.cancelAtPeriodEnd() ? Way.NONE : free();
    }

    /** Whether a change to a plan waits for the period's end: only where less is to be had. */
    boolean waits(PlanTerms plan) {
        return view != null && view.status().isRunning() && (isPresent(plan) || isSmaller(plan));
    }

    /** How it is canceled when what is paid for ends. */
    Way cancel() {
        return closed
                        || view == null
                        || view.status() == SubscriptionStatus.CANCELED
                        || view.subscription().cancelAtPeriodEnd()
                ? Way.NONE
                : free();
    }

    /** How that is taken back. */
    Way keep() {
        return closed || view == null || !view.subscription().endsAt(view.asOf()) ? Way.NONE : free();
    }

    boolean isPresent(PlanTerms plan) {
        return view != null && view.subscription().terms().plan().planId().equals(plan.planId());
    }

    private Way paid() {
        return switch (side) {
            case NONE, ELSEWHERE -> Way.OPERATOR;
            case READY, DRIVING -> Way.PROVIDER;
        };
    }

    private Way free() {
        return switch (side) {
            case NONE, READY -> Way.HERE;
            case DRIVING -> Way.PROVIDER;
            case ELSEWHERE -> Way.OPERATOR;
        };
    }

    /** Whether it grants less, fills up to no more, and is paid for as often: nobody gets anything by choosing it. */
    private boolean isSmaller(PlanTerms plan) {
        Terms now = Objects.requireNonNull(view).subscription().terms();
        Terms then = new Terms(plan, null);
        return then.allotment().isLessThan(now.allotment())
                && plan.billing() == now.plan().billing()
                && (plan.rollover() == Rollover.NONE || isNoMore(then.cap(), now.cap()));
    }

    private static boolean isNoMore(@Nullable Credits cap, @Nullable Credits than) {
        return than == null || (cap != null && cap.compareTo(than) <= 0);
    }
}
