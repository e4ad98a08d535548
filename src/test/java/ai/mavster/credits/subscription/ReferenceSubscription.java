package ai.mavster.credits.subscription;

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
    private boolean endsWithPeriod;
    private @Nullable Instant grantedUntil;
    final List<String> decisions = new ArrayList<>();

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

    @Nullable
    String statusAt(Instant now) {
        if (plan == null) {
            return null;
        }
        boolean over = endsWithPeriod && !now.isBefore(periodEnd());
        return over ? "canceled" : status;
    }

    boolean runsAt(Instant now) {
        return "active".equals(statusAt(now)) || "trialing".equals(statusAt(now));
    }

    private static boolean running(String status) {
        return status.equals("active") || status.equals("trialing");
    }

    String put(SubscriptionDecision.Wish wish, ReferenceAccount account, Instant now) {
        account.settle(now);
        ReferenceSubscription wished = wished(wish, now);
        if (running(wished.status)
                && now.isBefore(wished.periodEnd())
                && wished.ungranted(wished.index)
                && !wished.grantMonth(account, wished.index, now)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        take(wished);
        return toString();
    }

    private ReferenceSubscription wished(SubscriptionDecision.Wish wish, Instant now) {
        ReferenceSubscription wished = new ReferenceSubscription();
        wished.take(this);
        wished.plan = wish.plan();
        wished.status = wish.status().id();
        wished.endsWithPeriod = wish.cancelAtPeriodEnd() && running(wished.status);
        if (wish.zone() != null) {
            wished.zone = wish.zone();
        } else if (plan == null) {
            wished.zone = wish.newZone();
        }
        boolean grantedTimeIsOver = grantedUntil == null || !now.isBefore(grantedUntil);
        if (wish.anchor() != null) {
            wished.anchor = wish.anchor();
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
        return wished;
    }

    String renew(Instant asOf, ReferenceAccount account, Instant now) {
        account.settle(now);
        if (!isDue(asOf)) {
            return "NOTHING";
        }
        if (endsWithPeriod) {
            status = "canceled";
            endsWithPeriod = false;
            return "END";
        }
        if (!ungranted(index + 1)) {
            index++;
            return "RENEWAL of granted time" + more(asOf);
        }
        String figures = figures(account.balance());
        if (!grantMonth(account, index + 1, now)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        index++;
        return "RENEWAL " + figures + more(asOf);
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
        return true;
    }

    private String figures(long balance) {
        long granted = monthAt(balance);
        return Told.figures(outcome(granted), granted, terms().allotment().millionths() - granted, balance, cap());
    }

    private String outcome(long granted) {
        return granted == 0 ? "skipped" : granted == terms().allotment().millionths() ? "full" : "partial";
    }

    private long monthAt(long balance) {
        long allotment = terms().allotment().millionths();
        Long cap = cap();
        if (cap == null) {
            return allotment;
        }
        if (balance >= cap) {
            return 0;
        }
        return Math.min(allotment, cap - balance);
    }

    private @Nullable Long cap() {
        BigDecimal ratio = terms().capRatio();
        return ratio == null || terms().rollover() == Rollover.UNLIMITED
                ? null
                : ratio.multiply(BigDecimal.valueOf(terms().allotment().millionths()))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    /** What the coming renewal would grant if nothing were spent until then. */
    String next(ReferenceAccount account, Instant now) {
        if (!runsAt(now) || endsWithPeriod) {
            return "none";
        }
        Instant then = now.isBefore(periodEnd()) ? periodEnd() : now;
        long granted = ungranted(index + 1) ? monthAt(account.grants.balanceAt(then, account.runs.heldAt(now))) : 0;
        return periodEnd() + " " + Told.credits(granted) + " " + outcome(granted);
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
        endsWithPeriod = other.endsWithPeriod;
        grantedUntil = other.grantedUntil;
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
        return Told.subscription(
                terms().planId(),
                status,
                anchor,
                Objects.requireNonNull(zone).getId(),
                new Period(index, starts(index), periodEnd()),
                endsWithPeriod,
                grantedUntil);
    }
}
