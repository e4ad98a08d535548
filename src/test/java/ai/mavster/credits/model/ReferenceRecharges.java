package ai.mavster.credits.model;

import ai.mavster.credits.recharge.RechargeCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recharges of a {@link ReferenceAccount}: whatever it is asked, what it has taken is seen by what it has then. A
 * credit costs a cent.
 */
final class ReferenceRecharges {

    private static final List<Duration> PAUSES = List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1));

    private final ReferenceAccount account;
    final List<One> all = new ArrayList<>();
    private RechargeCommands.@Nullable Put set;
    private boolean enabled;
    private String switchedOff = "null";
    private int failures;
    private @Nullable Instant notBefore;
    private @Nullable One inFlight;
    private boolean closed;

    /** In which period so much counts. */
    private @Nullable Instant counted;

    private long recharged;

    ReferenceRecharges(ReferenceAccount account) {
        this.account = account;
    }

    /** A recharge. */
    static final class One {
        final long credits;
        final Instant period;
        String status = "created";
        String payment = "pending";

        One(long credits, Instant period) {
            this.credits = credits;
            this.period = period;
        }

        long cents() {
            return (credits + 500_000) / 1_000_000;
        }

        boolean isOpen() {
            return status.equals("created") || status.equals("confirmation_needed");
        }

        boolean counts() {
            return !status.equals("declined") && !status.equals("expired");
        }

        @Override
        public String toString() {
            return "%s %d for %d in %s, %s".formatted(status, credits, cents(), period, payment);
        }
    }

    String put(RechargeCommands.Put asked, Instant now) {
        account.settle(now);
        String refusal = account.closing.refusal();
        if (refusal != null) {
            return refusal;
        }
        String card = set == null ? null : set.card();
        boolean otherCard = !Objects.equals(card, asked.card());
        if ((asked.enabled() && !enabled) || otherCard) {
            failures = 0;
            notBefore = null;
        }
        if (asked.enabled()) {
            switchedOff = "null";
        }
        enabled = asked.enabled();
        set = asked;
        return RechargeCommands.text(
                enabled, inFlight != null, failures, countedAt(now), switchedOff, String.valueOf(notBefore));
    }

    private long countedAt(Instant now) {
        if (!account.subscription.exists()) {
            return 0;
        }
        Instant period = period(now);
        return counted != null && !counted.isBefore(period) ? recharged : 0;
    }

    private Instant period(Instant now) {
        int index = 0;
        while (now.isBefore(account.subscription.starts(index))) {
            index--;
        }
        while (!now.isBefore(account.subscription.starts(index + 1))) {
            index++;
        }
        return account.subscription.starts(index);
    }

    /** Has something done to the account, and notices what it has taken. */
    String watch(Instant now, boolean asksForTheEnd, Supplier<String> what) {
        Seen before = seen();
        account.settle(now);
        Seen settled = seen();
        if (settled.expiries > before.expiries && !isRenewing(now)) {
            consider(now);
        }
        String told = what.get();
        Seen after = seen();
        boolean expired = after.expiries > settled.expiries && !isRenewing(now);
        if (after.debits > settled.debits || after.held > settled.held || expired) {
            consider(now);
        }
        if (account.closing.isOver() && !closed) {
            close(now);
        }
        if (asksForTheEnd && notBefore != null && !now.isBefore(notBefore)) {
            notBefore = null;
            consider(now);
        }
        return told;
    }

    private record Seen(long debits, long expiries, long held) {}

    private Seen seen() {
        return new Seen(entries("debit "), entries("expiry "), account.runs.held());
    }

    private long entries(String kind) {
        return account.grants.entries.stream()
                .filter(entry -> entry.startsWith(kind))
                .count();
    }

    private boolean isRenewing(Instant now) {
        String[] next = account.subscription.next(account, now).split(" ", -1);
        return next.length > 1 && !Instant.parse(next[0]).isAfter(now) && Long.parseLong(next[1]) > 0;
    }

    private void consider(Instant now) {
        if (set == null || !enabled || account.available() >= set.threshold() || inFlight != null) {
            return;
        }
        if ((notBefore != null && now.isBefore(notBefore))
                || !account.subscription.exists()
                || account.closing.isOver()) {
            return;
        }
        long credits = set.creditsToAdd() != null
                ? set.creditsToAdd()
                : set.topUpTo() - account.available() + account.grants.owed;
        boolean blocked = !account.subscription.runsAt(now)
                || account.budgets.most(new ReferenceBudgets.Charge(null, null, List.of()), 1, now) == 0;
        if (blocked) {
            return;
        }
        boolean fits = countedAt(now) + credits <= set.limit();
        if (fits && credits < 500_000) {
            return;
        }
        recharged = countedAt(now) + (fits ? credits : 0);
        counted = counted != null && !counted.isBefore(period(now)) ? counted : period(now);
        if (!fits) {
            return;
        }
        inFlight = new One(credits, period(now));
        all.add(inFlight);
    }

    /** What the provider says of the payment of one. */
    String heard(One one, String status, Instant now) {
        account.settle(now);
        boolean isSettled = one.payment.equals("paid") || one.payment.equals("uncredited");
        if (!status.equals("paid")) {
            if (!isSettled) {
                one.payment = status.equals("declined") ? "failed" : status;
                if (one.isOpen()) {
                    end(one, status, now);
                }
            }
        } else if (!isSettled && account.closing.isOver()) {
            one.payment = "uncredited";
            end(one, "uncredited", now);
        } else if (!isSettled) {
            if (!account.fits(one.credits)) {
                return "refused BALANCE_LIMIT_EXCEEDED []";
            }
            account.give("TOP_UP", one.credits, null, now);
            one.payment = "paid";
            end(one, "succeeded", now);
        }
        return one.payment;
    }

    private void end(One one, String status, Instant now) {
        boolean counted = one.counts();
        one.status = status;
        if (one.isOpen()) {
            return;
        }
        inFlight = inFlight == one ? null : inFlight;
        if (status.equals("succeeded")) {
            failures = 0;
            notBefore = null;
            recharged += !counted && one.period.equals(this.counted) ? one.credits : 0;
        } else if (status.equals("uncredited")) {
            enabled = false;
            notBefore = null;
            switchedOff = switchedOff.equals("ACCOUNT_CLOSED") ? switchedOff : "UNCREDITED";
        } else {
            failed(one, now);
        }
    }

    private void failed(One one, Instant now) {
        recharged = one.period.equals(counted) ? Math.max(0, recharged - one.credits) : recharged;
        failures++;
        notBefore = null;
        if (enabled && failures > PAUSES.size()) {
            enabled = false;
            switchedOff = "FAILURES";
        } else if (enabled) {
            notBefore = now.plus(PAUSES.get(failures - 1));
        }
    }

    private void close(Instant now) {
        closed = true;
        if (!enabled && inFlight == null) {
            return;
        }
        enabled = false;
        notBefore = null;
        switchedOff = "ACCOUNT_CLOSED";
        if (inFlight != null && inFlight.status.equals("created")) {
            One one = inFlight;
            one.payment = "canceled";
            end(one, "expired", now);
        }
    }

    List<String> rows() {
        List<String> rows = new ArrayList<>(all.stream().map(One::toString).toList());
        if (set != null) {
            rows.add(settings(
                    enabled,
                    set.threshold(),
                    set.limit(),
                    switchedOff,
                    failures,
                    notBefore,
                    inFlight != null,
                    counted,
                    recharged));
        }
        return rows;
    }

    static String settings(
            boolean enabled,
            long threshold,
            long limit,
            String switchedOff,
            int failures,
            @Nullable Instant notBefore,
            boolean inFlight,
            @Nullable Instant period,
            long recharged) {
        return "%s below %d up to %d, off by %s, %d failures, until %s, in flight %s, %d in %s"
                .formatted(enabled, threshold, limit, switchedOff, failures, notBefore, inFlight, recharged, period);
    }
}
