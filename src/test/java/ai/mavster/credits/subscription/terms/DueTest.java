package ai.mavster.credits.subscription.terms;

import static ai.mavster.credits.subscription.terms.Subscribed.FEBRUARY;
import static ai.mavster.credits.subscription.terms.Subscribed.JANUARY;
import static ai.mavster.credits.subscription.terms.Subscribed.MARCH;
import static ai.mavster.credits.subscription.terms.Subscribed.at;
import static ai.mavster.credits.subscription.terms.Subscribed.cancelAtPeriodEnd;
import static ai.mavster.credits.subscription.terms.Subscribed.change;
import static ai.mavster.credits.subscription.terms.Subscribed.request;
import static ai.mavster.credits.subscription.terms.Subscribed.running;
import static ai.mavster.credits.subscription.terms.Subscribed.terms;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.ACTIVE;
import static ai.mavster.credits.subscription.terms.SubscriptionStatus.CANCELED;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Due;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is due for subscriptions, and when they end. */
class DueTest {

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

    /** Months may be granted ahead of their time; an end never comes before its own. */
    @ParameterizedTest(name = "{0}, looked at on {1} with all that is due by {2}: {3}")
    @CsvSource(textBlock = """
            # plan,   now,                            by,                             due
            monthly,  2026-01-20T00:00:00Z,           2026-02-10T00:00:00Z,           NOTHING
            monthly,  2026-01-20T00:00:00Z,           2027-01-10T00:00:00Z,           NOTHING
            monthly,  2026-02-09T23:59:59.999999999Z, 2026-02-10T00:00:00Z,           NOTHING
            monthly,  2026-02-10T00:00:00Z,           2026-02-10T00:00:00Z,           END
            monthly,  2026-02-10T00:00:00Z,           2026-02-09T23:59:59.999999999Z, NOTHING
            monthly,  2026-03-10T00:00:00Z,           2026-02-10T00:00:00Z,           END
            yearly,   2026-01-20T00:00:00Z,           2026-02-09T23:59:59.999999999Z, NOTHING
            yearly,   2026-01-20T00:00:00Z,           2026-02-10T00:00:00Z,           RENEWAL
            yearly,   2026-01-20T00:00:00Z,           2027-02-10T00:00:00Z,           RENEWAL
            """)
    void anEndIsNeverDueAheadOfItsTime(String plan, Instant now, Instant by, Due due) {
        Subscription ending = ending(plan);

        assertThat(SubscriptionDecision.due(ending, by, now)).isEqualTo(due);
    }

    @Test
    void ofAYearTheLastMonthIsTheEndAndItWaitsForItsInstant() {
        Subscription last = ending("yearly");
        for (int month = 1; month < 12; month++) {
            assertThat(SubscriptionDecision.due(last, at("2030-01-01"), at("2026-01-20")))
                    .isEqualTo(Due.RENEWAL);
            last = last.enteringNext(at("2026-01-20"));
        }
        Instant end = at("2027-01-10");

        assertThat(last.period().end()).isEqualTo(end);
        assertThat(SubscriptionDecision.due(last, at("2030-01-01"), end.minusNanos(1)))
                .isEqualTo(Due.NOTHING);
        assertThat(last.statusAt(end.minusNanos(1))).isEqualTo(ACTIVE);
        assertThat(SubscriptionDecision.due(last, at("2030-01-01"), end)).isEqualTo(Due.END);
    }

    private static Subscription ending(String plan) {
        PlanTerms terms = new PlanTerms(
                plan,
                Credits.of(3000),
                new BigDecimal("1.5"),
                Rollover.CAPPED,
                null,
                plan.equals("yearly") ? BillingInterval.YEAR : BillingInterval.MONTH,
                1);
        return SubscriptionDecision.change(null, cancelAtPeriodEnd(), terms, ZoneOffset.UTC, JANUARY)
                .granted(JANUARY);
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
}
