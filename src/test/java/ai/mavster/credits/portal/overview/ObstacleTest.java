package ai.mavster.credits.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What depends on how the service is configured, and so is not seen on its pages in tests. */
class ObstacleTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant GRACE = Instant.parse("2026-11-24T00:00:00Z");

    private static @Nullable Obstacle of(
            SubscriptionStatus status,
            @Nullable Instant graceUntil,
            @Nullable Refusal blocked,
            @Nullable NextGrant next) {
        PlanTerms plan = new PlanTerms(
                "basic", Credits.of(3000), new BigDecimal("1.5"), Rollover.CAPPED, null, BillingInterval.MONTH, 1);
        Subscription subscription = new Subscription(
                "acct",
                new Terms(plan, null),
                null,
                status,
                START,
                START,
                ZoneOffset.UTC,
                Period.of(START, ZoneOffset.UTC, 0),
                0,
                false,
                null,
                null,
                START,
                START);
        Credits balance = blocked == null ? Credits.of(10) : Credits.ZERO;
        return Obstacle.of(new AccountSummary(
                "acct",
                balance,
                Credits.ZERO,
                balance,
                Credits.ZERO,
                balance,
                blocked,
                new SubscriptionView(subscription, status, graceUntil, NOW),
                next,
                false,
                "UTC",
                null,
                null,
                NOW));
    }

    private static String text(@Nullable Obstacle obstacle) {
        Obstacle found = Objects.requireNonNull(obstacle);
        return found.tone() + " " + found.text().key() + " " + found.text().arguments() + " " + found.path();
    }

    private static Refusal untilRenewal() {
        return new Refusal(
                Refusal.Code.INSUFFICIENT_CREDITS,
                "",
                Map.of(),
                new Refusal.WayOut("", "", "/billing/subscription", "renewal"));
    }

    @Test
    void whoIsPastDueButMayGoOnIsAskedToPay() {
        assertThat(text(of(SubscriptionStatus.PAST_DUE, GRACE, null, null)))
                .isEqualTo("warn overview.past_due.grace [" + GRACE + "] /billing/payment");
        assertThat(text(of(SubscriptionStatus.PAST_DUE, null, null, null)))
                .isEqualTo("warn overview.past_due.spendable [] /billing/payment");
    }

    @Test
    void whereCreditsCannotBeBoughtThereIsTheRenewalToWaitFor() {
        NextGrant next = new NextGrant(GRACE, Credits.of(3000), "full", Credits.ZERO, "within_cap", Credits.ZERO);
        assertThat(text(of(SubscriptionStatus.ACTIVE, null, untilRenewal(), next)))
                .isEqualTo("bad overview.used_up.renewal [3000, " + GRACE + "] /billing/subscription");
        assertThat(text(of(SubscriptionStatus.ACTIVE, null, untilRenewal(), null)))
                .isEqualTo("bad overview.used_up.no_renewal [] /billing/subscription");
    }

    @Test
    void whereStatusesAreConfiguredNotToSpendAPlanHelps() {
        Refusal refusal = new Refusal(
                Refusal.Code.SUBSCRIPTION_REQUIRED,
                "",
                Map.of(),
                new Refusal.WayOut("", "", "/billing/plans", "subscription"));
        assertThat(text(of(SubscriptionStatus.TRIALING, null, refusal, null)))
                .isEqualTo("bad overview.inactive [] /billing/plans");
    }

    @Test
    void nothingElseIsInTheWay() {
        assertThat(of(SubscriptionStatus.ACTIVE, null, null, null)).isNull();
    }
}
