package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Credits;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The plan that an account is on.
 *
 * @param status the key of a text
 * @param tone how it is shown, as a style of badges
 * @param cap null: there is none
 * @param renewsAt null: it does not
 * @param endsAt null: it does not, or has
 * @param next the plan from the renewal on; null: the same
 */
@TemplateData
public record PlanInShort(
        String name,
        String status,
        String tone,
        Credits allotment,
        @Nullable Credits cap,
        @Nullable Instant renewsAt,
        @Nullable Instant endsAt,
        @Nullable String next) {

    /**
     * @param names of plans by their ids
     */
    static PlanInShort of(SubscriptionView view, UnaryOperator<String> names) {
        Subscription subscription = view.subscription();
        Instant end = subscription.billingPeriod().end();
        boolean ends = subscription.endsAt(view.asOf());
        Terms terms = subscription.terms();
        Terms next = subscription.nextTerms();
        return new PlanInShort(
                names.apply(terms.plan().planId()),
                status(view.status()),
                tone(view.status()),
                terms.allotment(),
                terms.cap(),
                view.status().isRunning() && !ends ? end : null,
                ends ? end : null,
                next == null || ends ? null : names.apply(next.plan().planId()));
    }

    private static String status(SubscriptionStatus status) {
        return switch (status) {
            case ACTIVE -> "overview.status.active";
            case TRIALING -> "overview.status.trialing";
            case PAST_DUE -> "overview.status.past_due";
            case PAUSED -> "overview.status.paused";
            case CANCELED -> "overview.status.canceled";
        };
    }

    private static String tone(SubscriptionStatus status) {
        return switch (status) {
            case ACTIVE, TRIALING -> "good";
            case PAST_DUE -> "bad";
            case PAUSED -> "warn";
            case CANCELED -> "";
        };
    }
}
