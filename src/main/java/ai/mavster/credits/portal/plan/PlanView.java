package ai.mavster.credits.portal.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.Plan;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param present null: there is no subscription
 * @param none there is no subscription, or none any more
 * @param confirming a payment was made at the provider, and has not taken effect yet
 */
@TemplateData
public record PlanView(
        @Nullable Present present, List<Choice> choices, boolean confirming, boolean closed, boolean none) {

    /**
     * The subscription.
     *
     * @param next what it becomes when the billing period ends; null: nothing else
     * @param ends when it is canceled; null: it goes on, or was
     * @param settle how it becomes active again, where it is past due or paused
     */
    @TemplateData
    public record Present(
            String planId,
            String plan,
            Terms terms,
            SubscriptionStatus status,
            Instant start,
            Instant end,
            Instant billedUntil,
            Instant since,
            @Nullable Instant graceUntil,
            @Nullable String next,
            @Nullable Instant ends,
            String settle,
            String cancel,
            String keep) {

        static Present of(SubscriptionView view, Offers offers, PlanNames names) {
            Subscription subscription = view.subscription();
            PlanTerms plan = subscription.terms().plan();
            boolean waits = view.status() == SubscriptionStatus.PAST_DUE || view.status() == SubscriptionStatus.PAUSED;
            Terms next = subscription.nextTerms();
            return new Present(
                    plan.planId(),
                    names.of(subscription.terms()),
                    subscription.terms(),
                    view.status(),
                    subscription.period().start(),
                    subscription.period().end(),
                    subscription.billingPeriod().end(),
                    subscription.statusSince(),
                    view.graceUntil(),
                    next == null ? null : names.of(next),
                    subscription.endsAt(view.asOf())
                            ? subscription.billingPeriod().end()
                            : null,
                    (waits ? offers.to(plan) : Offers.Way.NONE).name(),
                    offers.cancel().name(),
                    offers.keep().name());
        }

        public String statusKey() {
            return "plan.status." + status.id();
        }

        public String tone() {
            return switch (status) {
                case ACTIVE, TRIALING -> "good";
                case PAST_DUE -> "bad";
                case PAUSED, CANCELED -> "warn";
            };
        }

        /** Of the text that says what is wrong; null: nothing is. */
        public @Nullable String trouble() {
            return status.isRunning() ? null : "plan.trouble." + status.id();
        }

        /** Of the button that makes it active again. */
        public String settleKey() {
            return status == SubscriptionStatus.PAUSED ? "plan.resume" : "plan.settle";
        }

        public boolean isRunning() {
            return status.isRunning();
        }
    }

    /**
     * A plan that there is.
     *
     * @param cap what its months fill up to; null: no cap
     * @param way how one gets there
     * @param waits it takes effect when the billing period ends
     */
    @TemplateData
    public record Choice(
            String planId,
            String name,
            Credits allotment,
            @Nullable Credits cap,
            boolean yearly,
            boolean present,
            boolean chosen,
            String way,
            boolean waits) {

        static Choice of(Plan plan, Offers offers) {
            PlanTerms terms = plan.terms();
            SubscriptionView view = offers.view();
            boolean live = view != null && view.status() != SubscriptionStatus.CANCELED;
            Terms next = view == null ? null : view.subscription().nextTerms();
            return new Choice(
                    terms.planId(),
                    plan.name(),
                    terms.allotment(),
                    new Terms(terms, null).cap(),
                    terms.billing() == BillingInterval.YEAR,
                    live && offers.isPresent(terms),
                    next != null && next.plan().planId().equals(terms.planId()),
                    offers.to(terms).name(),
                    offers.waits(terms));
        }

        /** Of the button's text. */
        public String verb() {
            if (present) {
                return waits ? "plan.stay" : "plan.resume";
            }
            return waits ? "plan.choose_smaller" : "plan.choose";
        }
    }
}
