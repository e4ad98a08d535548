package ai.mavster.credits.model;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.PlanEffective;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The subscription of a {@link ReferenceAccount}, counted month by month. */
final class ReferenceSubscription {

    private @Nullable PlanTerms plan;
    private String status = "";
    private Instant anchor = Instant.EPOCH;
    private @Nullable ZoneId zone;
    private int index;
    private boolean ends;
    private @Nullable Long own;
    private @Nullable PlanTerms nextPlan;
    private @Nullable Long nextOwn;
    private int billedFrom;
    private @Nullable Instant grantedUntil;
    private long grantedFor;
    private boolean grantedAsTrial;
    final List<String> decisions = new ArrayList<>();
    final List<String> history = new ArrayList<>();

    boolean exists() {
        return plan != null;
    }

    private static Instant monthsAfter(Instant anchor, ZoneId zone, int months) {
        LocalDateTime wall = LocalDateTime.ofInstant(anchor, zone);
        int month = wall.getYear() * 12 + wall.getMonthValue() - 1 + months;
        YearMonth target = YearMonth.of(month / 12, month % 12 + 1);
        LocalDateTime there = LocalDateTime.of(
                target.atDay(Math.min(wall.getDayOfMonth(), target.lengthOfMonth())), wall.toLocalTime());
        return ZonedDateTime.ofLocal(there, zone, zone.getRules().getOffset(anchor))
                .toInstant();
    }

    private Instant starts(int ofIndex) {
        return monthsAfter(anchor, Objects.requireNonNull(zone), ofIndex);
    }

    Instant periodEnd() {
        return starts(index + 1);
    }

    /** Years are counted from where the plan's interval began; a month is a year of one. */
    private boolean isLastPaidMonth() {
        return terms().billing() == BillingInterval.MONTH || (index - billedFrom + 1) % 12 == 0;
    }

    private Instant paidUntil() {
        int last = index;
        while (terms().billing() == BillingInterval.YEAR && (last - billedFrom + 1) % 12 != 0) {
            last++;
        }
        return starts(last + 1);
    }

    @Nullable
    String statusAt(Instant now) {
        if (plan == null) {
            return null;
        }
        boolean over = ends && running(status) && !now.isBefore(paidUntil());
        return over ? "canceled" : status;
    }

    boolean runsAt(Instant now) {
        return "active".equals(statusAt(now)) || "trialing".equals(statusAt(now));
    }

    private static boolean running(String status) {
        return status.equals("active") || status.equals("trialing");
    }

    String put(SubscriptionDecision.Request request, ReferenceAccount account, Instant now) {
        account.settle(now);
        if (isDue(now)) {
            return "renewals first";
        }
        ReferenceSubscription wished = wished(request, now);
        if (running(wished.status) && now.isBefore(wished.periodEnd()) && wished.ungranted(wished.index)) {
            if (!wished.grantMonth(account, wished.index, now)) {
                return "refused BALANCE_LIMIT_EXCEEDED []";
            }
            wished.remember(plan == null ? "subscribed" : "changed", this, 0, 0, now);
            take(wished);
            return toString();
        }
        long difference = wished.difference(request, now);
        if (difference > 0) {
            long granted = wished.upToCap(account.balance(), difference);
            if (!account.fits(granted)) {
                return "refused BALANCE_LIMIT_EXCEEDED []";
            }
            if (granted > 0) {
                account.give("MONTHLY", granted, wished.expiryOfMonth(), now);
            }
            if (wished.periodEnd().isAfter(Objects.requireNonNull(wished.grantedUntil))) {
                wished.grantedUntil = wished.periodEnd();
            }
            wished.grantedFor = wished.allotment();
            wished.grantedAsTrial = false;
            wished.remember("changed", this, granted, difference - granted, now);
        } else if (plan == null) {
            wished.remember("subscribed", this, 0, 0, now);
        } else if (!wished.toString().equals(toString())) {
            wished.remember("changed", this, 0, 0, now);
        }
        take(wished);
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

    private long allotment() {
        return own == null ? terms().allotment().millionths() : own;
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

    private ReferenceSubscription wished(SubscriptionDecision.Request request, Instant now) {
        ReferenceSubscription wished = new ReferenceSubscription();
        wished.take(this);
        String planBefore = plan == null ? null : plan.planId();
        Long wishedOwn = request.own() != null
                ? (request.own().credits() == null
                        ? null
                        : request.own().credits().millionths())
                : request.plan().planId().equals(planBefore) ? own : null;
        boolean alive =
                plan != null && !"canceled".equals(statusAt(now)) && request.status() != SubscriptionStatus.CANCELED;
        boolean differs = !request.plan().planId().equals(planBefore) || !Objects.equals(wishedOwn, own);
        if (request.from() == PlanEffective.RENEWAL && alive) {
            wished.nextPlan = differs ? request.plan() : null;
            wished.nextOwn = differs ? wishedOwn : null;
        } else {
            if (differs || request.from() != null || request.status() == SubscriptionStatus.CANCELED) {
                wished.nextPlan = null;
                wished.nextOwn = null;
            }
            wished.plan = request.plan();
            wished.own = wishedOwn;
        }
        wished.status = request.status().id();
        wished.ends = request.cancelAtPeriodEnd() && running(wished.status);
        if (request.zone() != null) {
            wished.zone = request.zone();
        } else if (plan == null) {
            wished.zone = request.newZone();
        }
        boolean grantedTimeIsOver = grantedUntil == null || !now.isBefore(grantedUntil);
        if (request.anchor() != null) {
            wished.anchor = request.anchor();
        } else if (plan == null || ("canceled".equals(statusAt(now)) && grantedTimeIsOver)) {
            wished.anchor = now;
        }
        boolean moved = !wished.anchor.equals(anchor) || !Objects.equals(wished.zone, zone);
        boolean startsToRun = running(wished.status) && !runsAt(now);
        if (plan == null || moved || (startsToRun && !now.isBefore(periodEnd()))) {
            wished.index = 0;
            while (!now.isBefore(wished.periodEnd())) {
                wished.index++;
            }
        }
        boolean otherInterval = plan == null
                || plan.billing() != Objects.requireNonNull(wished.plan).billing();
        if (moved || otherInterval) {
            wished.billedFrom = wished.index;
        }
        return wished;
    }

    String renew(Instant asOf, ReferenceAccount account, Instant now) {
        account.settle(now);
        if (!isDue(asOf)) {
            return "NOTHING";
        }
        ReferenceSubscription then = new ReferenceSubscription();
        then.take(this);
        if (ends && isLastPaidMonth()) {
            then.status = "canceled";
            then.ends = false;
            then.nextPlan = null;
            then.nextOwn = null;
            then.remember("ended", this, 0, 0, now);
            take(then);
            return "END";
        }
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
        return told + more(asOf);
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

    boolean isDue(Instant asOf) {
        return plan != null && running(status) && !asOf.isBefore(periodEnd());
    }

    private String more(Instant asOf) {
        return isDue(asOf) ? " and more" : "";
    }

    private boolean ungranted(int ofIndex) {
        return grantedUntil == null || !starts(ofIndex).isBefore(grantedUntil);
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

    private @Nullable Instant expiryOfMonth() {
        return terms().rollover() == Rollover.NONE ? periodEnd() : null;
    }

    /** A trial with credits of its own gets them once, if nothing was ever granted. */
    private long month() {
        Credits trial = terms().trialCredits();
        if (trial == null || !status.equals("trialing")) {
            return allotment();
        }
        return grantedUntil == null ? trial.millionths() : 0;
    }

    private String figures(long balance) {
        long granted = monthAt(balance);
        return Text.figures(outcome(granted), granted, month() - granted, balance, cap());
    }

    private String outcome(long granted) {
        return granted == 0 ? "skipped" : granted == month() ? "full" : "partial";
    }

    private long monthAt(long balance) {
        return upToCap(balance, month());
    }

    private long upToCap(long balance, long most) {
        Long cap = cap();
        if (cap == null) {
            return most;
        }
        if (balance >= cap) {
            return 0;
        }
        return Math.min(most, cap - balance);
    }

    private @Nullable Long cap() {
        BigDecimal ratio = terms().capRatio();
        return ratio == null || terms().rollover() == Rollover.UNLIMITED
                ? null
                : ratio.multiply(BigDecimal.valueOf(allotment()))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
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

    /** What must go before the month is whole. */
    private @Nullable Long useFirst(long balance) {
        long month = month();
        Long cap = cap();
        if (month == 0 || (cap != null && cap < month)) {
            return null;
        }
        return cap == null ? 0L : Math.max(0, balance - (cap - month));
    }

    private PlanTerms terms() {
        return Objects.requireNonNull(plan);
    }

    private void take(ReferenceSubscription other) {
        plan = other.plan;
        status = other.status;
        anchor = other.anchor;
        zone = other.zone;
        index = other.index;
        ends = other.ends;
        own = other.own;
        nextPlan = other.nextPlan;
        nextOwn = other.nextOwn;
        billedFrom = other.billedFrom;
        grantedUntil = other.grantedUntil;
        grantedFor = other.grantedFor;
        grantedAsTrial = other.grantedAsTrial;
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
