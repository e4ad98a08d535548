package ai.mavster.credits.subscription.terms;

import static ai.mavster.credits.subscription.terms.PlanChange.NEXT_RENEWAL;
import static ai.mavster.credits.subscription.terms.Subscribed.BASIC;
import static ai.mavster.credits.subscription.terms.Subscribed.FEBRUARY;
import static ai.mavster.credits.subscription.terms.Subscribed.JANUARY;
import static ai.mavster.credits.subscription.terms.Subscribed.MARCH;
import static ai.mavster.credits.subscription.terms.Subscribed.PRO;
import static ai.mavster.credits.subscription.terms.Subscribed.anchored;
import static ai.mavster.credits.subscription.terms.Subscribed.at;
import static ai.mavster.credits.subscription.terms.Subscribed.change;
import static ai.mavster.credits.subscription.terms.Subscribed.only;
import static ai.mavster.credits.subscription.terms.Subscribed.request;
import static ai.mavster.credits.subscription.terms.Subscribed.running;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.ACTIVE;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.CANCELED;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.PAST_DUE;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.PAUSED;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.TRIALING;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Due;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Own;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Request;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How subscriptions change, month by month. */
class SubscriptionDecisionTest {

    @Test
    void theFirstActivationStartsThePeriodAndGrants() {
        Subscription subscription = change(null, request(ACTIVE), JANUARY);

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
        Subscription idle = change(null, request(status), JANUARY);

        assertThat(SubscriptionDecision.grants(idle, JANUARY)).isFalse();
        assertThat(SubscriptionDecision.due(idle, at("2026-12-01"))).isEqualTo(Due.NOTHING);
    }

    @Test
    void aTrialGrantsOnceAndItsActivationNothingMore() {
        Subscription trial = change(null, request(TRIALING), JANUARY);
        assertThat(SubscriptionDecision.grants(trial, JANUARY)).isTrue();

        Subscription active = change(trial.granted(JANUARY), request(ACTIVE), "2026-01-20");

        assertThat(SubscriptionDecision.grants(active, at("2026-01-20"))).isFalse();
        assertThat(active.period()).isEqualTo(new Period(0, JANUARY, FEBRUARY));
    }

    @Test
    void anotherPlanKeepsThePeriodAndGrantsNothing() {
        Request upgrade = new Request("acct", "pro", null, ACTIVE, null, null, false, PlanChange.NEXT_RENEWAL, null);

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

        Subscription back = change(gone, request(ACTIVE), FEBRUARY);

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
        Subscription later = change(running(), anchored("2025-11-10"), FEBRUARY);
        assertThat(later.period()).isEqualTo(new Period(3, FEBRUARY, MARCH));
        assertThat(SubscriptionDecision.grants(later, FEBRUARY)).isTrue();
    }

    @Test
    void anotherZoneCountsTheSameAnchorOnItsOwnClock() {
        Request moved = new Request(
                "acct",
                "basic",
                null,
                ACTIVE,
                null,
                ZoneId.of("Pacific/Auckland"),
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
    void whatIsNotSaidStays() {
        Request upgrade = new Request(
                "acct",
                "pro",
                new SubscriptionDecision.Own(Credits.of(25_000)),
                TRIALING,
                at("2026-01-05"),
                ZoneId.of("Asia/Kolkata"),
                true,
                PlanChange.NEXT_RENEWAL,
                null);
        Subscription before = change(running(), upgrade, "2026-01-20");

        Subscription after = change(before, only(null, null), "2026-01-25");

        assertThat(after.sameAs(before)).isTrue();
        assertThat(after.statusSince()).isEqualTo(at("2026-01-20"));
    }

    @Test
    void withoutAPlanTheOneForTheRenewalStays() {
        Request later = new Request("acct", "pro", null, null, null, null, null, NEXT_RENEWAL, PlanEffective.RENEWAL);
        Subscription waiting = change(running(), later, "2026-01-20");
        Own own = new Own(Credits.of(5000));

        Subscription now = change(waiting, ownAllotment(own, null), "2026-01-25");
        Subscription then = change(waiting, ownAllotment(own, PlanEffective.RENEWAL), "2026-01-25");

        assertThat(change(waiting, only(PAST_DUE, null), "2026-01-25").nextTerms())
                .isEqualTo(new Terms(PRO, null));
        assertThat(now.terms()).isEqualTo(new Terms(BASIC, Credits.of(5000)));
        assertThat(now.nextTerms()).isEqualTo(new Terms(PRO, null));
        assertThat(then.terms()).isEqualTo(new Terms(BASIC, null));
        assertThat(then.nextTerms()).isEqualTo(new Terms(PRO, Credits.of(5000)));
        assertThat(change(waiting, only(CANCELED, null), "2026-01-25").nextTerms())
                .isNull();
    }

    private static Request ownAllotment(Own own, @Nullable PlanEffective from) {
        return new Request("acct", null, own, null, null, null, null, NEXT_RENEWAL, from);
    }

    /** What a dunning call says is the status, and nothing of the cancellation. */
    @ParameterizedTest
    @EnumSource(names = {"PAST_DUE", "PAUSED"})
    void aCancellationOutlivesTheStatus(SubscriptionStatus away) {
        Subscription ending = change(running(), only(null, true), "2026-01-15");

        Subscription gone = change(ending, only(away, null), "2026-01-20");
        Subscription back = change(gone, only(ACTIVE, null), "2026-01-25");

        assertThat(back.cancelAtPeriodEnd()).isTrue();
        assertThat(change(gone, only(null, false), "2026-01-25").cancelAtPeriodEnd())
                .isFalse();
        assertThat(gone.statusAt(FEBRUARY.minusNanos(1))).isEqualTo(away);
        assertThat(gone.statusAt(FEBRUARY)).isEqualTo(CANCELED);
        assertThat(SubscriptionDecision.due(gone, FEBRUARY.minusNanos(1))).isEqualTo(Due.NOTHING);
        assertThat(SubscriptionDecision.due(gone, FEBRUARY)).isEqualTo(Due.END);
        assertThat(SubscriptionDecision.due(gone, FEBRUARY, FEBRUARY.minusNanos(1)))
                .isEqualTo(Due.NOTHING);
        assertThat(gone.ended(MARCH).statusSince()).isEqualTo(FEBRUARY);
    }

    /** It starts anew only with a status under which it lives again. */
    @Test
    void aCanceledOneStaysWhereItWas() {
        Subscription gone = change(running(), request(CANCELED), "2026-01-20");

        Subscription after = change(gone, only(null, null), "2026-03-20");

        assertThat(after.sameAs(gone)).isTrue();
        assertThat(change(gone, only(PAUSED, null), "2026-03-20").anchor()).isEqualTo(at("2026-03-20"));
    }
}
