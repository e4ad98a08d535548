package ai.mavster.credits.subscription.terms;

import static ai.mavster.credits.subscription.terms.SubscriptionStatus.ACTIVE;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.CANCELED;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.PAST_DUE;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.PAUSED;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.TRIALING;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Due;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Request;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How subscriptions change, month by month. All of them begin on 10 January 2026 unless a test says otherwise. */
class SubscriptionDecisionTest {

    private static final PlanTerms BASIC = terms("basic", 3000);
    private static final PlanTerms PRO = terms("pro", 20_000);
    private static final Instant JANUARY = at("2026-01-10");
    private static final Instant FEBRUARY = at("2026-02-10");
    private static final Instant MARCH = at("2026-03-10");

    private static PlanTerms terms(String planId, long allotment) {
        return new PlanTerms(
                planId, Credits.of(allotment), new BigDecimal("1.5"), Rollover.CAPPED, null, BillingInterval.MONTH);
    }

    private static Instant at(String day) {
        return Instant.parse(day + "T00:00:00Z");
    }

    private static Request request(SubscriptionStatus status) {
        return new Request(
                "acct", BASIC, null, status, null, null, ZoneOffset.UTC, false, PlanChange.NEXT_RENEWAL, null);
    }

    private static Request cancelAtPeriodEnd() {
        return new Request(
                "acct", BASIC, null, ACTIVE, null, null, ZoneOffset.UTC, true, PlanChange.NEXT_RENEWAL, null);
    }

    private static Request anchored(String day) {
        return new Request(
                "acct", BASIC, null, ACTIVE, at(day), null, ZoneOffset.UTC, false, PlanChange.NEXT_RENEWAL, null);
    }

    /** Running since 10 January, with that month granted. */
    private static Subscription running() {
        return SubscriptionDecision.change(null, request(ACTIVE), JANUARY).granted(JANUARY);
    }

    private static Subscription change(Subscription before, Request request, String day) {
        return SubscriptionDecision.change(before, request, at(day));
    }

    @Test
    void theFirstActivationStartsThePeriodAndGrants() {
        Subscription subscription = SubscriptionDecision.change(null, request(ACTIVE), JANUARY);

        assertThat(subscription.anchor()).isEqualTo(JANUARY);
        assertThat(subscription.period()).isEqualTo(new Period(0, JANUARY, FEBRUARY));
        assertThat(subscription.createdAt()).isEqualTo(JANUARY);
        assertThat(SubscriptionDecision.grants(subscription, JANUARY)).isTrue();
    }

    @Test
    void anAnchorInThePastStartsInThePeriodThatHoldsNow() {
        Subscription subscription = change(null, anchored("2025-08-31"), "2026-03-05");

        assertThat(subscription.period()).isEqualTo(new Period(6, at("2026-02-28"), at("2026-03-31")));
        assertThat(SubscriptionDecision.grants(subscription, at("2026-03-05"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"PAST_DUE", "PAUSED", "CANCELED"})
    void oneThatDoesNotRunGrantsNothing(SubscriptionStatus status) {
        Subscription idle = SubscriptionDecision.change(null, request(status), JANUARY);

        assertThat(SubscriptionDecision.grants(idle, JANUARY)).isFalse();
        assertThat(SubscriptionDecision.due(idle, at("2026-12-01"))).isEqualTo(Due.NOTHING);
    }

    @Test
    void aTrialGrantsOnceAndItsActivationNothingMore() {
        Subscription trial = SubscriptionDecision.change(null, request(TRIALING), JANUARY);
        assertThat(SubscriptionDecision.grants(trial, JANUARY)).isTrue();

        Subscription active = change(trial.granted(JANUARY), request(ACTIVE), "2026-01-20");

        assertThat(SubscriptionDecision.grants(active, at("2026-01-20"))).isFalse();
        assertThat(active.period()).isEqualTo(new Period(0, JANUARY, FEBRUARY));
    }

    @Test
    void anotherPlanKeepsThePeriodAndGrantsNothing() {
        Request upgrade = new Request(
                "acct", PRO, null, ACTIVE, null, null, ZoneOffset.UTC, false, PlanChange.NEXT_RENEWAL, null);

        Subscription after = change(running(), upgrade, "2026-01-20");

        assertThat(after.terms().cap()).isEqualTo(Credits.of(30_000));
        assertThat(after.period()).isEqualTo(new Period(0, JANUARY, FEBRUARY));
        assertThat(SubscriptionDecision.grants(after, at("2026-01-20"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PAST_DUE", "PAUSED", "CANCELED"})
    void comingBackWithinTheGrantedTimeGoesOnAndGrantsNothing(SubscriptionStatus away) {
        Subscription gone = change(running(), request(away), "2026-01-20");
        assertThat(gone.statusAt(at("2026-01-20")).isRunning()).isFalse();

        Subscription back = change(gone, request(ACTIVE), "2026-02-09");

        assertThat(back.anchor()).isEqualTo(JANUARY);
        assertThat(back.period()).isEqualTo(new Period(0, JANUARY, FEBRUARY));
        assertThat(SubscriptionDecision.grants(back, at("2026-02-09"))).isFalse();
    }

    @Test
    void resubscribingAfterTheGrantedTimeStartsAnew() {
        Subscription gone = change(running(), request(CANCELED), "2026-01-20");

        Subscription back = SubscriptionDecision.change(gone, request(ACTIVE), FEBRUARY);

        assertThat(back.anchor()).isEqualTo(FEBRUARY);
        assertThat(back.period()).isEqualTo(new Period(0, FEBRUARY, MARCH));
        assertThat(SubscriptionDecision.grants(back, FEBRUARY)).isTrue();
        assertThat(back.createdAt()).isEqualTo(JANUARY);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAST_DUE", "PAUSED"})
    void afterAPauseTheMonthsGoOnAsTheyWereCounted(SubscriptionStatus away) {
        Subscription paused = change(running(), request(away), "2026-01-20");

        Subscription resumed = change(paused, request(ACTIVE), "2026-04-15");

        assertThat(resumed.anchor()).isEqualTo(JANUARY);
        assertThat(resumed.period()).isEqualTo(new Period(3, at("2026-04-10"), at("2026-05-10")));
        assertThat(SubscriptionDecision.grants(resumed, at("2026-04-15"))).isTrue();
    }

    @Test
    void movingTheAnchorGainsNothing() {
        Subscription moved = change(running(), anchored("2026-01-20"), "2026-01-25");
        assertThat(moved.period()).isEqualTo(new Period(0, at("2026-01-20"), at("2026-02-20")));
        assertThat(SubscriptionDecision.grants(moved, at("2026-01-25"))).isFalse();

        // starts at the end of what was granted, not before
        Subscription later = SubscriptionDecision.change(running(), anchored("2025-11-10"), FEBRUARY);
        assertThat(later.period()).isEqualTo(new Period(3, FEBRUARY, MARCH));
        assertThat(SubscriptionDecision.grants(later, FEBRUARY)).isTrue();
    }

    @Test
    void anotherZoneCountsTheSameAnchorOnItsOwnClock() {
        Request moved = new Request(
                "acct",
                BASIC,
                null,
                ACTIVE,
                null,
                ZoneId.of("Pacific/Auckland"),
                ZoneOffset.UTC,
                false,
                PlanChange.NEXT_RENEWAL,
                null);

        Subscription after = change(running(), moved, "2026-01-20");

        assertThat(after.anchor()).isEqualTo(JANUARY);
        assertThat(after.zone()).isEqualTo(ZoneId.of("Pacific/Auckland"));
        assertThat(SubscriptionDecision.grants(after, at("2026-01-20"))).isFalse();
    }

    @Test
    void aChangeWhileItsRenewalIsLateLeavesTheMissedMonthsToTheRenewal() {
        Subscription late = change(running(), request(ACTIVE), "2026-04-15");

        assertThat(late.period()).isEqualTo(new Period(0, JANUARY, FEBRUARY));
        assertThat(SubscriptionDecision.grants(late, at("2026-04-15"))).isFalse();
        assertThat(SubscriptionDecision.due(late, at("2026-04-15"))).isEqualTo(Due.RENEWAL);
    }

    @Test
    void itIsDueFromTheInstantItsPeriodEnds() {
        assertThat(SubscriptionDecision.due(null, MARCH)).isEqualTo(Due.NOTHING);
        assertThat(SubscriptionDecision.due(running(), FEBRUARY.minusNanos(1))).isEqualTo(Due.NOTHING);
        assertThat(SubscriptionDecision.due(running(), FEBRUARY)).isEqualTo(Due.RENEWAL);
    }

    @Test
    void onceRenewedItIsDueAMonthLater() {
        Subscription subscription = running();
        Subscription renewed = subscription.enteringNext(FEBRUARY);

        assertThat(renewed.isUngranted()).isTrue();
        assertThat(SubscriptionDecision.due(renewed, MARCH.minusNanos(1))).isEqualTo(Due.NOTHING);
        assertThat(SubscriptionDecision.due(renewed, MARCH)).isEqualTo(Due.RENEWAL);
    }

    @Test
    void cancelAtPeriodEndRunsToTheEndAndNotBeyond() {
        Subscription ending = change(running(), cancelAtPeriodEnd(), "2026-01-20");

        assertThat(ending.statusAt(FEBRUARY.minusNanos(1))).isEqualTo(ACTIVE);
        assertThat(ending.statusAt(FEBRUARY)).isEqualTo(CANCELED);
        assertThat(SubscriptionDecision.due(ending, FEBRUARY.minusNanos(1))).isEqualTo(Due.NOTHING);
        assertThat(SubscriptionDecision.due(ending, FEBRUARY)).isEqualTo(Due.END);

        Subscription ended = ending.ended(FEBRUARY);
        assertThat(ended.status()).isEqualTo(CANCELED);
        assertThat(ended.cancelAtPeriodEnd()).isFalse();
        assertThat(SubscriptionDecision.due(ended, MARCH)).isEqualTo(Due.NOTHING);
    }

    @Test
    void cancelAtPeriodEndCanBeTakenBackBeforeTheEnd() {
        Subscription ending = change(running(), cancelAtPeriodEnd(), "2026-01-20");

        Subscription staying = change(ending, request(ACTIVE), "2026-02-09");

        assertThat(staying.cancelAtPeriodEnd()).isFalse();
        assertThat(staying.period()).isEqualTo(new Period(0, JANUARY, FEBRUARY));
        assertThat(SubscriptionDecision.due(staying, FEBRUARY)).isEqualTo(Due.RENEWAL);
    }

    /** The job has not been by yet: it ended all the same. */
    @Test
    void afterTheEndItIsAResubscription() {
        Subscription over = change(running(), cancelAtPeriodEnd(), "2026-01-20");

        Subscription back = change(over, request(ACTIVE), "2026-02-15");

        assertThat(back.anchor()).isEqualTo(at("2026-02-15"));
        assertThat(back.period().index()).isZero();
        assertThat(SubscriptionDecision.grants(back, at("2026-02-15"))).isTrue();
    }

    @Test
    void whatDoesNotRunCannotBeCanceledAtItsEnd() {
        Request paused = new Request(
                "acct", BASIC, null, PAUSED, null, null, ZoneOffset.UTC, true, PlanChange.NEXT_RENEWAL, null);

        assertThat(change(running(), paused, "2026-01-20").cancelAtPeriodEnd()).isFalse();
        assertThat(change(running(), request(PAST_DUE), "2026-01-20").status()).isEqualTo(PAST_DUE);
    }
}
