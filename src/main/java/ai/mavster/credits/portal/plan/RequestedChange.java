package ai.mavster.credits.portal.plan;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.PlanEffective;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an owner wants of the subscription.
 *
 * @param plan of {@link Kind#PLAN}; null of the others
 */
record RequestedChange(Kind kind, @Nullable PlanTerms plan) {

    /** What is to be done. */
    enum Kind {
        PLAN,
        CANCEL,
        KEEP;

        String id() {
            return EnumId.of(this);
        }
    }

    /**
     * As an address or a form says it.
     *
     * @throws InvalidInput if it says nothing that there is
     */
    static RequestedChange of(PageRequest request, Map<String, PlanTerms> plans) {
        String planId = said(request, "plan");
        if (planId != null) {
            PlanTerms plan = plans.get(planId);
            if (plan == null) {
                throw new InvalidInput("plan", "must be one of the plans that are offered");
            }
            return new RequestedChange(Kind.PLAN, plan);
        }
        String what = said(request, "do");
        if (Kind.CANCEL.id().equals(what)) {
            return new RequestedChange(Kind.CANCEL, null);
        }
        if (Kind.KEEP.id().equals(what)) {
            return new RequestedChange(Kind.KEEP, null);
        }
        throw new InvalidInput("plan", "must be one of the plans that are offered");
    }

    private static @Nullable String said(PageRequest request, String name) {
        String field = request.field(name);
        return field == null ? request.query(name) : field;
    }

    Offers.Way way(Offers offers) {
        return switch (kind) {
            case PLAN -> offers.to(Objects.requireNonNull(plan));
            case CANCEL -> offers.cancel();
            case KEEP -> offers.keep();
        };
    }

    /** Whether it is so already: of a form that was sent twice the second one has nothing to do. */
    boolean isDone(Offers offers) {
        SubscriptionView view = offers.view();
        if (view == null || !view.status().isRunning()) {
            return false;
        }
        boolean ends = view.subscription().endsAt(view.asOf());
        Terms next = view.subscription().nextTerms();
        return switch (kind) {
            case CANCEL -> ends;
            case KEEP -> !ends;
            case PLAN ->
                next == null
                        ? offers.isPresent(Objects.requireNonNull(plan))
                        : next.plan()
                                .planId()
                                .equals(Objects.requireNonNull(plan).planId());
        };
    }

    /** What the subscription is asked to be: what is previewed is what is done, or what the provider's event will say. */
    SubscriptionDecision.Request request(String accountId, Offers offers) {
        return switch (kind) {
            case CANCEL, KEEP -> request(accountId, null, null, kind == Kind.CANCEL, null);
            case PLAN -> {
                String planId = Objects.requireNonNull(plan).planId();
                yield offers.waits(plan)
                        ? request(accountId, planId, null, null, PlanEffective.RENEWAL)
                        : request(accountId, planId, SubscriptionStatus.ACTIVE, false, null);
            }
        };
    }

    private static SubscriptionDecision.Request request(
            String accountId,
            @Nullable String planId,
            @Nullable SubscriptionStatus status,
            @Nullable Boolean cancels,
            @Nullable PlanEffective from) {
        return new SubscriptionDecision.Request(
                accountId, planId, null, status, null, null, cancels, PlanChange.NEXT_RENEWAL, from);
    }
}
