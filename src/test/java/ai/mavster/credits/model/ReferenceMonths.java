package ai.mavster.credits.model;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a subscription stands and what its months are and grant, counted month by month. */
class ReferenceMonths {

    @Nullable
    PlanTerms plan;

    String status = "";
    Instant anchor = Instant.EPOCH;

    @Nullable
    ZoneId zone;

    int index;
    boolean ends;

    @Nullable
    Long own;

    @Nullable
    PlanTerms nextPlan;

    @Nullable
    Long nextOwn;

    int billedFrom;

    @Nullable
    Instant grantedUntil;

    long grantedFor;
    boolean grantedAsTrial;

    boolean exists() {
        return plan != null;
    }

    static Instant monthsAfter(Instant anchor, ZoneId zone, int months) {
        LocalDateTime wall = LocalDateTime.ofInstant(anchor, zone);
        int month = wall.getYear() * 12 + wall.getMonthValue() - 1 + months;
        YearMonth target = YearMonth.of(month / 12, month % 12 + 1);
        LocalDateTime there = LocalDateTime.of(
                target.atDay(Math.min(wall.getDayOfMonth(), target.lengthOfMonth())), wall.toLocalTime());
        return ZonedDateTime.ofLocal(there, zone, zone.getRules().getOffset(anchor))
                .toInstant();
    }

    Instant starts(int ofIndex) {
        return monthsAfter(anchor, Objects.requireNonNull(zone), ofIndex);
    }

    Instant periodEnd() {
        return starts(index + 1);
    }

    /** Years are counted from where the plan's interval began; a month is a year of one. */
    boolean isLastPaidMonth() {
        return terms().billing() == BillingInterval.MONTH || (index - billedFrom + 1) % 12 == 0;
    }

    Instant paidUntil() {
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
        boolean over = ends && !now.isBefore(paidUntil());
        return over ? "canceled" : status;
    }

    boolean runsAt(Instant now) {
        return "active".equals(statusAt(now)) || "trialing".equals(statusAt(now));
    }

    static boolean running(String status) {
        return status.equals("active") || status.equals("trialing");
    }

    long allotment() {
        return own == null ? terms().allotment().millionths() : own;
    }

    boolean ungranted(int ofIndex) {
        return grantedUntil == null || !starts(ofIndex).isBefore(grantedUntil);
    }

    @Nullable
    Instant expiryOfMonth() {
        return terms().rollover() == Rollover.NONE ? periodEnd() : null;
    }

    /** A trial with credits of its own gets them once, if nothing was ever granted. */
    long month() {
        Credits trial = terms().trialCredits();
        if (trial == null || !status.equals("trialing")) {
            return allotment();
        }
        return grantedUntil == null ? trial.millionths() : 0;
    }

    String figures(long balance) {
        long granted = monthAt(balance);
        return Text.figures(outcome(granted), granted, month() - granted, balance, cap());
    }

    String outcome(long granted) {
        return granted == 0 ? "skipped" : granted == month() ? "full" : "partial";
    }

    long monthAt(long balance) {
        return upToCap(balance, month());
    }

    long upToCap(long balance, long most) {
        Long cap = cap();
        if (cap == null) {
            return most;
        }
        if (balance >= cap) {
            return 0;
        }
        return Math.min(most, cap - balance);
    }

    @Nullable
    Long cap() {
        BigDecimal ratio = terms().capRatio();
        return ratio == null || terms().rollover() == Rollover.UNLIMITED
                ? null
                : ratio.multiply(BigDecimal.valueOf(allotment()))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    /** What must go before the month is whole. */
    @Nullable
    Long useFirst(long balance) {
        long month = month();
        Long cap = cap();
        if (month == 0 || (cap != null && cap < month)) {
            return null;
        }
        return cap == null ? 0L : Math.max(0, balance - (cap - month));
    }

    void changePlan(SubscriptionDecision.Request request, PlanTerms requestedPlan, boolean later) {
        String planBefore = plan == null ? null : plan.planId();
        Long requestedOwn = request.own() != null
                ? millionths(request.own())
                : requestedPlan.planId().equals(planBefore) ? own : null;
        boolean differs = !requestedPlan.planId().equals(planBefore) || !Objects.equals(requestedOwn, own);
        if (later) {
            nextPlan = differs ? requestedPlan : null;
            nextOwn = differs ? requestedOwn : null;
        } else {
            if (differs || request.from() != null) {
                nextPlan = null;
                nextOwn = null;
            }
            plan = requestedPlan;
            own = requestedOwn;
        }
    }

    /** No plan is named: those it has and will have stay, and at most one of them is for another allotment. */
    void changeOwn(SubscriptionDecision.Request request, boolean later) {
        if (request.own() == null) {
            return;
        }
        Long requestedOwn = millionths(request.own());
        if (!later) {
            own = requestedOwn;
        } else {
            PlanTerms then = nextPlan == null ? terms() : nextPlan;
            boolean differs = !then.planId().equals(terms().planId()) || !Objects.equals(requestedOwn, own);
            nextPlan = differs ? then : null;
            nextOwn = differs ? requestedOwn : null;
        }
    }

    private static @Nullable Long millionths(SubscriptionDecision.Own own) {
        return own.credits() == null ? null : own.credits().millionths();
    }

    PlanTerms terms() {
        return Objects.requireNonNull(plan);
    }

    void takeTerms(ReferenceMonths other) {
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
    }
}
