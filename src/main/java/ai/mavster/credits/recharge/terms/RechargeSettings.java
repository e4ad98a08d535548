package ai.mavster.credits.recharge.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Auto-recharge of an account: what its owner has set, and what decides whether a recharge is made now.
 *
 * @param switchedOff why the service has switched it off; null: it has not
 * @param pause after recharges that failed
 * @param inFlight the recharge that has not ended; null: none
 * @param counted what recharges have added in a period
 */
public record RechargeSettings(
        String accountId,
        boolean enabled,
        RechargeTerms terms,
        @Nullable SwitchedOff switchedOff,
        Pause pause,
        @Nullable UUID inFlight,
        Counted counted) {

    /** Why the service has switched it off. */
    @Schema(name = "RechargeSwitchedOff")
    public enum SwitchedOff {
        /** So many recharges have failed one after another. */
        FAILURES,
        /** One was paid, and could not be credited. */
        UNCREDITED,
        /** The account was closed. */
        ACCOUNT_CLOSED;

        public String id() {
            return EnumId.of(this);
        }
    }

    /**
     * @param failures how many recharges have failed in a row
     * @param notBefore when the next may be made, by the real time; null: at any time
     */
    public record Pause(int failures, @Nullable Instant notBefore) {

        static final Pause NONE = new Pause(0, null);
    }

    /**
     * What recharges have added in a period, or are about to.
     *
     * @param periodStart null: none was made yet
     * @param limitReported whether it was announced that one does not fit
     */
    public record Counted(@Nullable Instant periodStart, Credits credits, boolean limitReported) {

        static final Counted NONE = new Counted(null, Credits.ZERO, false);

        /** What counts in a period: nothing, where something was counted in an earlier one. */
        public Counted in(Instant start) {
            return periodStart == null || periodStart.isBefore(start) ? new Counted(start, Credits.ZERO, false) : this;
        }

        Counted plus(Credits more) {
            return new Counted(periodStart, credits.plus(more), limitReported);
        }

        /** Takes something out again; where another period has begun since it is not in it. */
        Counted minus(Credits less, Instant start) {
            return start.equals(periodStart)
                    ? new Counted(periodStart, credits.minus(less).max(Credits.ZERO), limitReported)
                    : this;
        }
    }

    /** Of an account that has set nothing. */
    public static RechargeSettings initial(String accountId) {
        return new RechargeSettings(accountId, false, RechargeTerms.NONE, null, Pause.NONE, null, Counted.NONE);
    }

    /**
     * As the owner sets it. What had failed before counts no longer where it is switched on, or is to be paid in another
     * way; a new limit is announced again where one does not fit.
     */
    public RechargeSettings set(boolean nowEnabled, RechargeTerms nowTerms) {
        boolean afresh = (nowEnabled && !enabled) || !Objects.equals(nowTerms.paymentMethod(), terms.paymentMethod());
        boolean sameLimit = Objects.equals(nowTerms.limitPerPeriod(), terms.limitPerPeriod());
        return new RechargeSettings(
                accountId,
                nowEnabled,
                nowTerms,
                nowEnabled ? null : switchedOff,
                afresh ? Pause.NONE : pause,
                inFlight,
                new Counted(counted.periodStart, counted.credits, counted.limitReported && sameLimit));
    }

    /** A recharge is made. */
    public RechargeSettings begun(UUID rechargeId, Credits credits, Instant periodStart) {
        return with(pause, rechargeId, counted.in(periodStart).plus(credits));
    }

    /** It was announced that a recharge does not fit. */
    public RechargeSettings limitReported(Instant periodStart) {
        Counted now = counted.in(periodStart);
        return with(pause, inFlight, new Counted(now.periodStart, now.credits, true));
    }

    /**
     * A recharge was paid.
     *
     * @param more how many credits it adds that do not count yet, having ended before; null: they do
     */
    public RechargeSettings succeeded(UUID rechargeId, @Nullable Credits more, Instant periodStart) {
        boolean counts = more != null && periodStart.equals(counted.periodStart);
        return with(Pause.NONE, without(rechargeId), counts ? counted.plus(Objects.requireNonNull(more)) : counted);
    }

    /**
     * The recharge ended without being paid, and does not count.
     *
     * @param now the real time
     */
    public RechargeSettings failed(UUID rechargeId, Credits credits, Instant periodStart, Instant now) {
        Counted without = counted.minus(credits, periodStart);
        int failures = pause.failures + 1;
        UUID left = without(rechargeId);
        if (!enabled) {
            return with(new Pause(failures, null), left, without);
        }
        return BackOff.endsAfter(failures)
                ? new RechargeSettings(
                        accountId, false, terms, SwitchedOff.FAILURES, new Pause(failures, null), left, without)
                : with(new Pause(failures, now.plus(BackOff.after(failures))), left, without);
    }

    /** A recharge was paid and could not be credited: no more are made until somebody has seen to it. */
    public RechargeSettings uncredited(UUID rechargeId) {
        return off(
                switchedOff == SwitchedOff.ACCOUNT_CLOSED ? switchedOff : SwitchedOff.UNCREDITED, without(rechargeId));
    }

    /** The account is closed. What is in flight is so until it is known what became of it. */
    public RechargeSettings closed() {
        return off(SwitchedOff.ACCOUNT_CLOSED, inFlight);
    }

    private RechargeSettings off(SwitchedOff why, @Nullable UUID left) {
        return new RechargeSettings(accountId, false, terms, why, new Pause(pause.failures, null), left, counted);
    }

    private @Nullable UUID without(UUID rechargeId) {
        return rechargeId.equals(inFlight) ? null : inFlight;
    }

    /** The pause is over. */
    public RechargeSettings resumed() {
        return with(new Pause(pause.failures, null), inFlight, counted);
    }

    /** Whether the pause is over by a real time. */
    public boolean isPauseOver(Instant now) {
        return pause.notBefore != null && !pause.notBefore.isAfter(now);
    }

    private RechargeSettings with(Pause nowPause, @Nullable UUID nowInFlight, Counted nowCounted) {
        return new RechargeSettings(accountId, enabled, terms, switchedOff, nowPause, nowInFlight, nowCounted);
    }
}
