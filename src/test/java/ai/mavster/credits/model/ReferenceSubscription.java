package ai.mavster.credits.model;

import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.PlanEffective;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The subscription of a {@link ReferenceAccount}: how it changes and renews. */
final class ReferenceSubscription extends ReferenceMonths {

    final List<String> decisions = new ArrayList<>();
    final List<String> history = new ArrayList<>();

    String put(
            SubscriptionDecision.Request request,
            @Nullable PlanTerms requestedPlan,
            ReferenceAccount account,
            Instant now) {
        account.settle(now);
        if (account.closing.isOver()) {
            return Objects.requireNonNull(account.closing.refusal());
        }
        if (plan == null && requestedPlan == null) {
            return "first the PLAN";
        }
        if (isDue(now, now)) {
            return "first the RENEWALS";
        }
        ReferenceSubscription requested = requested(request, requestedPlan, account.budgets.zone, now);
        if (running(requested.status) && now.isBefore(requested.periodEnd()) && requested.ungranted(requested.index)) {
            if (!requested.grantMonth(account, requested.index, now)) {
                return "refused BALANCE_LIMIT_EXCEEDED []";
            }
            requested.remember(plan == null ? "subscribed" : "changed", this, 0, 0, now);
            take(requested);
            return toString();
        }
        long difference = requested.difference(request, now);
        if (difference > 0) {
            long granted = requested.upToCap(account.balance(), difference);
            if (!account.fits(granted)) {
                return "refused BALANCE_LIMIT_EXCEEDED []";
            }
            if (granted > 0) {
                account.give("MONTHLY", granted, requested.expiryOfMonth(), now);
            }
            if (requested.periodEnd().isAfter(Objects.requireNonNull(requested.grantedUntil))) {
                requested.grantedUntil = requested.periodEnd();
            }
            requested.grantedFor = requested.allotment();
            requested.grantedAsTrial = false;
            requested.remember("changed", this, granted, difference - granted, now);
        } else if (plan == null) {
            requested.remember("subscribed", this, 0, 0, now);
        } else if (!requested.toString().equals(toString())) {
            requested.remember("changed", this, 0, 0, now);
        }
        take(requested);
        return toString();
    }

    private long difference(SubscriptionDecision.Request request, Instant now) {
        boolean withinGrantedTime = grantedUntil != null && now.isBefore(grantedUntil);
        boolean trial = status.equals("trialing") && terms().trialCredits() != null;
        boolean asked = request.grants() == PlanChange.IMMEDIATE_DIFFERENCE;
        boolean paidAfterTrial = grantedAsTrial && status.equals("active");
        if (!withinGrantedTime || !runsAt(now) || trial || !(asked || paidAfterTrial)) {
            return 0;
        }
        return Math.max(0, allotment() - grantedFor);
    }

    private void remember(String kind, ReferenceSubscription before, long granted, long withheld, Instant now) {
        history.add(Text.change(
                kind,
                now,
                before.plan == null ? null : before.plan.planId(),
                before.plan == null ? null : before.status,
                terms().planId(),
                own,
                nextPlan == null ? null : nextPlan.planId(),
                status,
                ends,
                granted,
                withheld));
    }

    private ReferenceSubscription requested(
            SubscriptionDecision.Request request, @Nullable PlanTerms requestedPlan, ZoneId ofAccount, Instant now) {
        ReferenceSubscription requested = new ReferenceSubscription();
        requested.take(this);
        String statusBefore = plan == null ? "active" : Objects.requireNonNull(statusAt(now));
        requested.status =
                request.status() == null ? statusBefore : request.status().id();
        boolean canceled = requested.status.equals("canceled");
        boolean alive = plan != null && !statusBefore.equals("canceled") && !canceled;
        boolean later = request.from() == PlanEffective.RENEWAL && alive;
        if (requestedPlan == null) {
            requested.changeOwn(request, later);
        } else {
            requested.changePlan(request, requestedPlan, later);
        }
        if (canceled) {
            requested.nextPlan = null;
            requested.nextOwn = null;
        }
        boolean endedBefore = plan != null && statusBefore.equals("canceled");
        boolean endsStill = ends && !endedBefore;
        requested.ends = !canceled && (request.cancelAtPeriodEnd() == null ? endsStill : request.cancelAtPeriodEnd());
        if (request.zone() != null) {
            requested.zone = request.zone();
        } else if (plan == null) {
            requested.zone = ofAccount;
        }
        boolean grantedTimeIsOver = grantedUntil == null || !now.isBefore(grantedUntil);
        if (request.anchor() != null) {
            requested.anchor = request.anchor();
        } else if (plan == null || (endedBefore && !canceled && grantedTimeIsOver)) {
            requested.anchor = now;
        }
        boolean moved = !requested.anchor.equals(anchor) || !Objects.equals(requested.zone, zone);
        boolean startsToRun = running(requested.status) && !runsAt(now);
        if (plan == null || moved || (startsToRun && !now.isBefore(periodEnd()))) {
            requested.index = 0;
            while (!now.isBefore(requested.periodEnd())) {
                requested.index++;
            }
        }
        boolean otherInterval = plan == null
                || plan.billing() != Objects.requireNonNull(requested.plan).billing();
        if (moved || otherInterval) {
            requested.billedFrom = requested.index;
        }
        return requested;
    }

    /** Never ahead of the real time, whatever is asked. */
    String renew(Instant askedBy, ReferenceAccount account, Instant now) {
        Instant asOf = askedBy.isAfter(now) ? now : askedBy;
        account.settle(now);
        if (account.closing.isOver()) {
            return Objects.requireNonNull(account.closing.refusal());
        }
        if (!isDue(asOf, now)) {
            return "NOTHING";
        }
        if (isEnd()) {
            cancel("ended", now);
            return "END";
        }
        ReferenceSubscription then = new ReferenceSubscription();
        then.take(this);
        then.turnMonth();
        String told = "RENEWAL of granted time";
        if (ungranted(index + 1)) {
            told = "RENEWAL " + then.figures(account.balance());
            if (!then.grantMonth(account, then.index, now)) {
                return "refused BALANCE_LIMIT_EXCEEDED []";
            }
        }
        if (nextPlan != null && then.nextPlan == null) {
            then.remember("plan_entered", this, 0, 0, now);
        }
        take(then);
        return told + more(asOf, now);
    }

    /** With its account. */
    void close(Instant now) {
        if (plan != null && !status.equals("canceled")) {
            cancel("closed", now);
        }
    }

    private void cancel(String kind, Instant now) {
        ReferenceSubscription then = new ReferenceSubscription();
        then.take(this);
        then.status = "canceled";
        then.ends = false;
        then.nextPlan = null;
        then.nextOwn = null;
        then.remember(kind, this, 0, 0, now);
        take(then);
    }

    private void turnMonth() {
        boolean changes = nextPlan != null && isLastPaidMonth();
        index++;
        if (changes) {
            plan = nextPlan;
            own = nextOwn;
            nextPlan = null;
            nextOwn = null;
            billedFrom = index;
        }
    }

    private boolean isDue(Instant asOf, Instant now) {
        if (plan == null || asOf.isBefore(periodEnd())) {
            return false;
        }
        return isEnd() ? !now.isBefore(paidUntil()) : running(status);
    }

    /** What does not run enters no further month, so it has come to its last one. */
    private boolean isEnd() {
        return ends && (isLastPaidMonth() || !running(status));
    }

    private String more(Instant asOf, Instant now) {
        return isDue(asOf, now) ? " and more" : "";
    }

    /** Fills up to the cap, and keeps the decision; false where the balance could not be counted. */
    private boolean grantMonth(ReferenceAccount account, int ofIndex, Instant now) {
        long month = month();
        boolean trial = status.equals("trialing") && terms().trialCredits() != null;
        long granted = monthAt(account.balance());
        if (!account.fits(granted)) {
            return false;
        }
        Instant end = starts(ofIndex + 1);
        decisions.add("%d from %s to %s: %s by %s, %s"
                .formatted(ofIndex, starts(ofIndex), end, figures(account.balance()), terms().planId(), now));
        if (granted > 0) {
            account.give("MONTHLY", granted, terms().rollover() == Rollover.NONE ? end : null, now);
        }
        grantedUntil = end;
        grantedFor = month;
        grantedAsTrial = trial;
        return true;
    }

    /** What the coming renewal would grant if nothing were spent until then. */
    String next(ReferenceAccount account, Instant now) {
        if (!runsAt(now) || (ends && isLastPaidMonth())) {
            return "none";
        }
        if (!ungranted(index + 1)) {
            return Text.next(periodEnd(), 0, "skipped", 0, null);
        }
        ReferenceSubscription then = new ReferenceSubscription();
        then.take(this);
        then.turnMonth();
        long balance = account.balanceIfNothingIsReleased(now, periodEnd());
        long granted = then.monthAt(balance);
        return Text.next(periodEnd(), granted, then.outcome(granted), then.month() - granted, then.useFirst(balance));
    }

    private void take(ReferenceSubscription other) {
        takeTerms(other);
        if (history != other.history) {
            history.clear();
            history.addAll(other.history);
        }
        if (decisions != other.decisions) {
            decisions.clear();
            decisions.addAll(other.decisions);
        }
    }

    List<String> rows() {
        return exists() ? List.of(toString()) : List.of();
    }

    @Override
    public String toString() {
        return Text.subscription(
                terms().planId(),
                status,
                anchor,
                Objects.requireNonNull(zone).getId(),
                new Period(index, starts(index), periodEnd()),
                ends,
                grantedUntil,
                grantedFor,
                grantedAsTrial,
                own,
                nextPlan == null ? null : nextPlan.planId(),
                nextOwn,
                billedFrom);
    }
}
