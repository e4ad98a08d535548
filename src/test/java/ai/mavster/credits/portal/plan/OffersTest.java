package ai.mavster.credits.portal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.portal.plan.Offers.Side;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an owner is offered in which status, with whom to pay. */
class OffersTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");

    private static final Map<String, PlanTerms> PLANS = Map.of(
            "basic", plan("basic", 3_000, "1.5", Rollover.CAPPED, BillingInterval.MONTH),
            "pro", plan("pro", 20_000, "1.5", Rollover.CAPPED, BillingInterval.MONTH),
            "ultra", plan("ultra", 60_000, "1.5", Rollover.CAPPED, BillingInterval.MONTH),
            "hoard", plan("hoard", 5_000, null, Rollover.UNLIMITED, BillingInterval.MONTH),
            "year", plan("year", 5_000, "1.5", Rollover.CAPPED, BillingInterval.YEAR));

    private static PlanTerms plan(
            String id, long credits, @Nullable String ratio, Rollover rollover, BillingInterval billing) {
        return new PlanTerms(
                id, Credits.of(credits), ratio == null ? null : new BigDecimal(ratio), rollover, null, billing, 1);
    }

    private static Offers on(String status, boolean ends, @Nullable String next, Side side, boolean closed) {
        if (status.equals("none")) {
            return new Offers(null, side, closed);
        }
        ZoneId zone = ZoneOffset.UTC;
        SubscriptionStatus is = SubscriptionStatus.valueOf(status.toUpperCase(java.util.Locale.ROOT));
        Subscription subscription = new Subscription(
                "acct",
                new Terms(PLANS.get("pro"), null),
                next == null ? null : new Terms(PLANS.get(next), null),
                is,
                START,
                START,
                zone,
                Period.of(START, zone, 0),
                0,
                ends,
                null,
                null,
                START,
                START);
        return new Offers(new SubscriptionView(subscription, is, null, NOW), side, closed);
    }

    /** The plan is pro; columns are who takes payments: none, one that is ready, the driving one, one elsewhere. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            none,     pro,   OPERATOR, PROVIDER, PROVIDER, OPERATOR
            canceled, pro,   OPERATOR, PROVIDER, PROVIDER, OPERATOR
            canceled, basic, OPERATOR, PROVIDER, PROVIDER, OPERATOR
            past_due, pro,   OPERATOR, PROVIDER, PROVIDER, OPERATOR
            past_due, basic, NONE,     NONE,     NONE,     NONE
            past_due, ultra, NONE,     NONE,     NONE,     NONE
            paused,   pro,   OPERATOR, PROVIDER, PROVIDER, OPERATOR
            paused,   ultra, NONE,     NONE,     NONE,     NONE
            active,   pro,   NONE,     NONE,     NONE,     NONE
            active,   ultra, OPERATOR, PROVIDER, PROVIDER, OPERATOR
            active,   basic, HERE,     HERE,     PROVIDER, OPERATOR
            active,   hoard, OPERATOR, PROVIDER, PROVIDER, OPERATOR
            active,   year,  OPERATOR, PROVIDER, PROVIDER, OPERATOR
            trialing, ultra, OPERATOR, PROVIDER, PROVIDER, OPERATOR
            trialing, basic, HERE,     HERE,     PROVIDER, OPERATOR
            """)
    void plansByStatusAndWhoIsPaid(
            String status, String plan, String none, String ready, String driving, String elsewhere) {
        Map<Side, String> expected =
                Map.of(Side.NONE, none, Side.READY, ready, Side.DRIVING, driving, Side.ELSEWHERE, elsewhere);
        expected.forEach((side, way) -> {
            assertThat(on(status, false, null, side, false).to(PLANS.get(plan)).name())
                    .as("%s", side)
                    .isEqualTo(way);
            assertThat(on(status, false, null, side, true).to(PLANS.get(plan)))
                    .as("closed")
                    .isEqualTo(Offers.Way.NONE);
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            none,     false, NONE, NONE
            active,   false, HERE, NONE
            active,   true,  NONE, HERE
            trialing, false, HERE, NONE
            past_due, false, HERE, NONE
            past_due, true,  NONE, HERE
            paused,   false, HERE, NONE
            canceled, false, NONE, NONE
            """)
    void cancelingAndTakingItBackNeedNobody(String status, boolean ends, String cancel, String keep) {
        Offers offers = on(status, ends, null, Side.NONE, false);

        assertThat(offers.cancel().name()).isEqualTo(cancel);
        assertThat(offers.keep().name()).isEqualTo(keep);
    }

    @Test
    void aProviderThatDrivesItIsAskedToCancel() {
        assertThat(on("active", false, null, Side.DRIVING, false).cancel()).isEqualTo(Offers.Way.PROVIDER);
        assertThat(on("active", true, null, Side.ELSEWHERE, false).keep()).isEqualTo(Offers.Way.OPERATOR);
        assertThat(on("active", false, null, Side.NONE, true).cancel()).isEqualTo(Offers.Way.NONE);
    }

    @Test
    void aSmallerPlanThatWasChosenCanBeTakenBack() {
        Offers offers = on("active", false, "basic", Side.NONE, false);

        assertThat(offers.to(PLANS.get("basic"))).isEqualTo(Offers.Way.NONE);
        assertThat(offers.to(PLANS.get("pro"))).isEqualTo(Offers.Way.HERE);
        assertThat(offers.waits(PLANS.get("pro"))).isTrue();
    }

    @Test
    void oneThatEndsIsNotMadeSmallerBefore() {
        assertThat(on("active", true, null, Side.NONE, false).to(PLANS.get("basic")))
                .isEqualTo(Offers.Way.NONE);
    }
}
