package ai.mavster.credits.subscription.terms;

import static ai.mavster.credits.subscription.terms.SubscriptionStatus.ACTIVE;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Request;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A subscription to basic that begins on 10 January 2026, and what may be asked of it. */
final class Subscribed {

    static final PlanTerms BASIC = terms("basic", 3000);
    static final PlanTerms PRO = terms("pro", 20_000);
    static final Instant JANUARY = at("2026-01-10");
    static final Instant FEBRUARY = at("2026-02-10");
    static final Instant MARCH = at("2026-03-10");

    static PlanTerms terms(String planId, long allotment) {
        return new PlanTerms(
                planId, Credits.of(allotment), new BigDecimal("1.5"), Rollover.CAPPED, null, BillingInterval.MONTH, 1);
    }

    static Instant at(String day) {
        return Instant.parse(day + "T00:00:00Z");
    }

    static Request request(SubscriptionStatus status) {
        return new Request("acct", "basic", null, status, null, null, false, PlanChange.NEXT_RENEWAL, null);
    }

    /** Nothing but this changes. */
    static Request only(@Nullable SubscriptionStatus status, @Nullable Boolean cancelAtPeriodEnd) {
        return new Request("acct", null, null, status, null, null, cancelAtPeriodEnd, PlanChange.NEXT_RENEWAL, null);
    }

    static Request cancelAtPeriodEnd() {
        return new Request("acct", "basic", null, ACTIVE, null, null, true, PlanChange.NEXT_RENEWAL, null);
    }

    static Request anchored(String day) {
        return new Request("acct", "basic", null, ACTIVE, at(day), null, false, PlanChange.NEXT_RENEWAL, null);
    }

    /** Running since 10 January, with that month granted. */
    static Subscription running() {
        return change(null, request(ACTIVE), JANUARY).granted(JANUARY);
    }

    static Subscription change(@Nullable Subscription before, Request request, Instant now) {
        return SubscriptionDecision.change(before, request, plan(request), ZoneOffset.UTC, now);
    }

    private static @Nullable PlanTerms plan(Request request) {
        if (request.planId() == null) {
            return null;
        }
        return request.planId().equals("pro") ? PRO : BASIC;
    }

    static Subscription change(Subscription before, Request request, String day) {
        return change(before, request, at(day));
    }

    private Subscribed() {}
}
