package ai.mavster.credits.subscription.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.PlanTerms;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account's subscription.
 *
 * @param nextTerms from the end of the billing period on; null: no change is coming
 * @param status as it was set; see {@link #statusAt}
 * @param statusSince when it was set
 * @param anchor where the periods are counted from
 * @param period the last one that was entered; over already if its renewal is late
 * @param billedFrom the index of the period that the billing interval is counted from
 * @param granted the time that has had its monthly grant decided; null: none yet
 * @param provider the subscription at a payment provider that drives it; null: none does
 */
public record Subscription(
        String accountId,
        Terms terms,
        @Nullable Terms nextTerms,
        SubscriptionStatus status,
        Instant statusSince,
        Instant anchor,
        ZoneId zone,
        Period period,
        int billedFrom,
        boolean cancelAtPeriodEnd,
        @Nullable Granted granted,
        @Nullable ProviderSubscription provider,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Time that has been granted: a period that starts before its end grants nothing more.
     *
     * @param until its end
     * @param allotment the largest allotment it was granted for; more is never granted for it by changing plans
     * @param forTrial it was granted as a trial: once it is paid for the rest is granted
     */
    public record Granted(Instant until, Credits allotment, boolean forTrial) {}

    /**
     * One that is to end with its billing period is canceled from that instant on, whether or not the renewal job has
     * been by; also if it is paused by then, or past due.
     */
    public SubscriptionStatus statusAt(Instant now) {
        return cancelAtPeriodEnd && !now.isBefore(billingPeriod().end()) ? SubscriptionStatus.CANCELED : status;
    }

    /** Whether it is not canceled yet, and is to be when what is paid for ends. */
    public boolean endsAt(Instant now) {
        return cancelAtPeriodEnd && statusAt(now) != SubscriptionStatus.CANCELED;
    }

    /** What is paid for at a time: the period, or the year of periods that it belongs to. */
    public Period billingPeriod() {
        int months = terms.plan().billing().months();
        int first = period.index() - Math.floorMod(period.index() - billedFrom, months);
        return new Period(
                first,
                Period.of(anchor, zone, first).start(),
                Period.of(anchor, zone, first + months - 1).end());
    }

    /**
     * The month that an instant lies in, counted from the anchor that the subscription has now: also before it, and
     * whether or not the renewal job has been by.
     */
    public Period periodAt(Instant at) {
        if (!at.isBefore(period.start()) && at.isBefore(period.end())) {
            return period;
        }
        long months = ChronoUnit.MONTHS.between(anchor.atZone(zone), at.atZone(zone));
        Period found = Period.of(anchor, zone, Math.toIntExact(months - 2));
        while (!at.isBefore(found.end())) {
            found = found.next(anchor, zone);
        }
        return found;
    }

    /** Whether it is to be canceled with its current period: the last one of what is paid for. */
    public boolean endsWithPeriod() {
        return cancelAtPeriodEnd && period.end().equals(billingPeriod().end());
    }

    /** Whether the current period has had no monthly grant, nor any other that reaches into it. */
    public boolean isUngranted() {
        return isUngrantedFrom(period.start());
    }

    public boolean isUngrantedFrom(Instant start) {
        return granted == null || !start.isBefore(granted.until());
    }

    /** When what is paid for ends, where months are granted as they are paid; null: they are granted by the calendar. */
    public @Nullable Instant paidUntil() {
        return provider == null || provider.paid() == null
                ? null
                : provider.paid().until();
    }

    /** Whether the next period is entered only once it is paid for. */
    boolean awaitsPayment() {
        return provider != null && provider.paid() != null && provider.paid().awaits(period.end());
    }

    /** Whether the current period may have its monthly grant. */
    boolean isPaidFor() {
        return provider == null || provider.paid() == null || provider.paid().covers(period);
    }

    /** The same, driven by this one at a payment provider. */
    public Subscription drivenBy(@Nullable ProviderSubscription driver) {
        return new Subscription(
                accountId,
                terms,
                nextTerms,
                status,
                statusSince,
                anchor,
                zone,
                period,
                billedFrom,
                cancelAtPeriodEnd,
                granted,
                driver,
                createdAt,
                updatedAt);
    }

    /** What the current period's monthly grant comes to at most: a trial has its own credits, the first time. */
    public Credits allotmentOfPeriod() {
        Credits trial = terms.plan().trialCredits();
        if (status != SubscriptionStatus.TRIALING || trial == null) {
            return terms.allotment();
        }
        return granted == null ? trial : Credits.ZERO;
    }

    /** The current period's monthly grant has been decided. */
    public Subscription granted(Instant now) {
        boolean forTrial = status == SubscriptionStatus.TRIALING && terms.plan().trialCredits() != null;
        return withGranted(new Granted(period.end(), allotmentOfPeriod(), forTrial), now);
    }

    /**
     * The difference to a larger allotment has been decided, for the time that was granted already and the current
     * period.
     */
    public Subscription grantedDifference(Instant now) {
        Instant until = granted == null || granted.until().isBefore(period.end()) ? period.end() : granted.until();
        return withGranted(new Granted(until, terms.allotment(), false), now);
    }

    /**
     * The same, on what these plans are: each statement of a batch sees its own instant, and decisions one plan once.
     */
    public Subscription onTermsOf(Map<String, PlanTerms> plans) {
        return new Subscription(
                accountId,
                terms.of(plans),
                nextTerms == null ? null : nextTerms.of(plans),
                status,
                statusSince,
                anchor,
                zone,
                period,
                billedFrom,
                cancelAtPeriodEnd,
                granted,
                provider,
                createdAt,
                updatedAt);
    }

    private Subscription withGranted(Granted time, Instant now) {
        return new Subscription(
                accountId,
                terms,
                nextTerms,
                status,
                statusSince,
                anchor,
                zone,
                period,
                billedFrom,
                cancelAtPeriodEnd,
                time,
                provider,
                createdAt,
                now);
    }

    /** The next period; where a billing period ends with the current one, on the terms that were chosen for then. */
    public Subscription enteringNext(Instant now) {
        Period next = period.next(anchor, zone);
        boolean changes =
                nextTerms != null && period.end().equals(billingPeriod().end());
        Terms then = changes ? Objects.requireNonNull(nextTerms) : terms;
        return new Subscription(
                accountId,
                then,
                changes ? null : nextTerms,
                status,
                statusSince,
                anchor,
                zone,
                next,
                changes ? next.index() : billedFrom,
                cancelAtPeriodEnd,
                granted,
                provider,
                createdAt,
                now);
    }

    /** It was to be canceled at the end of its billing period. */
    public Subscription ended(Instant now) {
        Instant end = billingPeriod().end();
        return canceled(end.isBefore(statusSince) ? statusSince : end, now);
    }

    /** Whatever it was to be. */
    public Subscription canceled(Instant now) {
        return canceled(now, now);
    }

    private Subscription canceled(Instant since, Instant now) {
        return new Subscription(
                accountId,
                terms,
                null,
                SubscriptionStatus.CANCELED,
                since,
                anchor,
                zone,
                period,
                billedFrom,
                false,
                granted,
                provider,
                createdAt,
                now);
    }

    /** Whether nothing but the time of the change tells it from another. */
    public boolean sameAs(Subscription other) {
        return terms.sameAs(other.terms)
                && (nextTerms == null ? other.nextTerms == null : nextTerms.sameAs(other.nextTerms))
                && status == other.status
                && anchor.equals(other.anchor)
                && zone.equals(other.zone)
                && period.equals(other.period)
                && billedFrom == other.billedFrom
                && cancelAtPeriodEnd == other.cancelAtPeriodEnd;
    }
}
