package ai.mavster.credits.subscription.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.PlanTerms;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a subscription changes: pure functions of what it was, what is asked for, and the time. */
public final class SubscriptionDecision {

    private SubscriptionDecision() {}

    /**
     * What a caller asks a subscription to be. What is null stays as it is.
     *
     * @param planId null: the one it has, and what was chosen for the renewal stays; a new one needs a plan
     * @param own null: as it was, unless the plan changes
     * @param status null: active for a new one
     * @param anchor null: the one it has, or now for a new one
     * @param zone null: the one it has, or the account's for a new one
     * @param cancelAtPeriodEnd null: not, for a new one
     * @param grants what a change of plan grants at once
     * @param from when a change of plan takes effect; null: now, and what was chosen for the renewal stays if the plan
     *     does
     * @param provider the subscription at a payment provider that this is the state of; null: of none, and what drives
     *     it stays
     */
    public record Request(
            String accountId,
            @Nullable String planId,
            @Nullable Own own,
            @Nullable SubscriptionStatus status,
            @Nullable Instant anchor,
            @Nullable ZoneId zone,
            @Nullable Boolean cancelAtPeriodEnd,
            PlanChange grants,
            @Nullable PlanEffective from,
            @Nullable ProviderSubscription provider) {

        /** A caller's, whatever drives the subscription. */
        public Request(
                String accountId,
                @Nullable String planId,
                @Nullable Own own,
                @Nullable SubscriptionStatus status,
                @Nullable Instant anchor,
                @Nullable ZoneId zone,
                @Nullable Boolean cancelAtPeriodEnd,
                PlanChange grants,
                @Nullable PlanEffective from) {
            this(accountId, planId, own, status, anchor, zone, cancelAtPeriodEnd, grants, from, null);
        }

        /** Whether it says what was the case before what was applied last, or of a subscription that does not count. */
        public boolean isStale(@Nullable Subscription before, Instant now) {
            return provider != null
                    && before != null
                    && before.provider() != null
                    && !before.provider()
                            .isFollowedBy(
                                    provider,
                                    before.statusAt(now) == SubscriptionStatus.CANCELED,
                                    status != SubscriptionStatus.CANCELED);
        }

        /** A provider ends what it has, which is a later period than one that waits to be paid. */
        private boolean isLate(Period period, Instant now) {
            return provider != null && !now.isBefore(period.end());
        }

        private SubscriptionStatus status(@Nullable Subscription before, Instant now) {
            if (status != null) {
                return status;
            }
            return before == null ? SubscriptionStatus.ACTIVE : before.statusAt(now);
        }

        private boolean ends(@Nullable Subscription before, Instant now) {
            return cancelAtPeriodEnd == null ? before != null && before.endsAt(now) : cancelAtPeriodEnd;
        }
    }

    /** An allotment of its own; null: the plan's. */
    public record Own(@Nullable Credits credits) {}

    /**
     * The subscription as requested. A running one keeps its period, even if its renewal is late, unless its anchor or
     * zone moves; one that starts to run enters the period that holds now.
     *
     * @param plan the one that is requested; null: the one it has
     * @param accountZone of a subscription that has none of its own
     */
    public static Subscription change(
            @Nullable Subscription before, Request request, @Nullable PlanTerms plan, ZoneId accountZone, Instant now) {
        SubscriptionStatus status = request.status(before, now);
        Instant anchor = request.anchor() == null ? anchor(before, status, now) : request.anchor();
        ZoneId zone = request.zone() != null ? request.zone() : before == null ? accountZone : before.zone();
        Period period = period(before, status, anchor, zone, now);
        boolean waits = before != null
                && request.from() == PlanEffective.RENEWAL
                && status != SubscriptionStatus.CANCELED
                && before.statusAt(now) != SubscriptionStatus.CANCELED;
        Terms requested =
                plan == null ? ofItsPlan(Objects.requireNonNull(before), request, waits) : terms(before, request, plan);
        Terms terms = before != null && waits ? before.terms() : requested;
        boolean sameStatus = before != null && before.statusAt(now) == status;
        return new Subscription(
                request.accountId(),
                terms,
                status == SubscriptionStatus.CANCELED ? null : nextTerms(before, request, terms, requested),
                status,
                before != null && sameStatus ? before.statusSince() : now,
                anchor,
                zone,
                period,
                billedFrom(before, terms, anchor, zone, period),
                request.ends(before, now) && status != SubscriptionStatus.CANCELED && !request.isLate(period, now),
                before == null ? null : before.granted(),
                request.provider() != null ? request.provider() : before == null ? null : before.provider(),
                before == null ? now : before.createdAt(),
                now);
    }

    /** Of what was chosen for the renewal, where it is asked for what is to hold then. */
    private static Terms ofItsPlan(Subscription before, Request request, boolean waits) {
        Terms its = waits && before.nextTerms() != null ? before.nextTerms() : before.terms();
        return request.own() == null ? its : new Terms(its.plan(), request.own().credits());
    }

    private static Terms terms(@Nullable Subscription before, Request request, PlanTerms plan) {
        if (request.own() != null) {
            return new Terms(plan, request.own().credits());
        }
        boolean samePlan = before != null && before.terms().plan().planId().equals(plan.planId());
        return new Terms(plan, before != null && samePlan ? before.terms().own() : null);
    }

    private static @Nullable Terms nextTerms(
            @Nullable Subscription before, Request request, Terms terms, Terms requested) {
        if (!terms.sameAs(requested)) {
            return requested;
        }
        boolean asked = request.planId() != null || request.from() == PlanEffective.RENEWAL;
        boolean keeps = before != null && (!asked || (request.from() == null && terms.sameAs(before.terms())));
        return before != null && keeps ? before.nextTerms() : null;
    }

    /** A billing interval is counted from where it was chosen, or where the periods are counted anew. */
    private static int billedFrom(
            @Nullable Subscription before, Terms terms, Instant anchor, ZoneId zone, Period period) {
        boolean goesOn = before != null
                && before.anchor().equals(anchor)
                && before.zone().equals(zone)
                && before.terms().plan().billing() == terms.plan().billing();
        return before != null && goesOn ? before.billedFrom() : period.index();
    }

    private static Period period(
            @Nullable Subscription before, SubscriptionStatus status, Instant anchor, ZoneId zone, Instant now) {
        boolean keeps = before != null
                && before.anchor().equals(anchor)
                && before.zone().equals(zone)
                && (now.isBefore(before.period().end()) || before.statusAt(now).isRunning() || !status.isRunning());
        return before != null && keeps ? before.period() : Period.holding(anchor, zone, now);
    }

    /**
     * Resubscribing after the granted time is over starts anew; within it, or after a pause, the periods go on as they
     * were.
     */
    private static Instant anchor(@Nullable Subscription before, SubscriptionStatus status, Instant now) {
        if (before == null) {
            return now;
        }
        boolean startsAnew = before.statusAt(now) == SubscriptionStatus.CANCELED
                && status != SubscriptionStatus.CANCELED
                && (before.granted() == null || !now.isBefore(before.granted().until()));
        return startsAnew ? now : before.anchor();
    }

    /** Whether a change makes the current period's monthly grant at once. */
    public static boolean grants(Subscription after, Instant now) {
        return after.statusAt(now).isRunning()
                && after.isUngranted()
                && after.isPaidFor()
                && now.isBefore(after.period().end());
    }

    /**
     * What a change grants at once, at most, in time that has been granted already: what the allotment exceeds that by,
     * if it is asked for; and the rest of the month once a trial is paid for.
     */
    public static Credits difference(Subscription after, PlanChange grants, Instant now) {
        Subscription.Granted granted = after.granted();
        if (granted == null
                || !now.isBefore(granted.until())
                || !after.statusAt(now).isRunning()
                || !after.isPaidFor()) {
            return Credits.ZERO;
        }
        boolean paidAfterTrial = granted.forTrial() && after.status() == SubscriptionStatus.ACTIVE;
        boolean trial = after.status() == SubscriptionStatus.TRIALING
                && after.terms().plan().trialCredits() != null;
        if (trial || !(paidAfterTrial || grants == PlanChange.IMMEDIATE_DIFFERENCE)) {
            return Credits.ZERO;
        }
        Credits allotment = after.terms().allotment();
        return granted.allotment().isLessThan(allotment) ? allotment.minus(granted.allotment()) : Credits.ZERO;
    }

    /** What is due for a subscription. */
    public enum Due {
        NOTHING,
        /** It enters the next period. */
        RENEWAL,
        /** It was to be canceled at the end of its billing period. */
        END
    }

    /** What is due now. */
    public static Due due(@Nullable Subscription subscription, Instant now) {
        return due(subscription, now, now);
    }

    /**
     * What is due by an instant. An end is not due before its time: until then it is paid for, and can be taken back.
     *
     * @param by may lie ahead of now, on a test clock: months can be granted ahead there
     * @param now the account's own time
     */
    public static Due due(@Nullable Subscription subscription, Instant by, Instant now) {
        if (subscription == null || by.isBefore(subscription.period().end())) {
            return Due.NOTHING;
        }
        if (subscription.status().isRunning() && !subscription.endsWithPeriod()) {
            return subscription.awaitsPayment() ? Due.NOTHING : Due.RENEWAL;
        }
        return subscription.statusAt(now) == subscription.status() ? Due.NOTHING : Due.END;
    }
}
