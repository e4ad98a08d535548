package ai.mavster.credits.subscription.terms;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.plan.Rollover;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule of the monthly grant, figure by figure. */
class MonthlyGrantTest {

    private static final BigDecimal SHIPPED_RATIO = new BigDecimal("1.5");

    @ParameterizedTest(name = "an allotment of {0} at a balance of {1} grants {2}")
    @CsvSource(textBlock = """
            # allotment, balance, granted, withheld, outcome, reason
             3000,     0,  3000,     0, full,    within_cap
             3000,  1500,  3000,     0, full,    within_cap
             3000,  1501,  2999,     1, partial, filled_up_to_cap
             3000,  4499,     1,  2999, partial, filled_up_to_cap
             3000,  4500,     0,  3000, skipped, at_or_above_cap
             3000,  4501,     0,  3000, skipped, at_or_above_cap
             3000, 13000,     0,  3000, skipped, at_or_above_cap
            20000,     0, 20000,     0, full,    within_cap
            20000, 10000, 20000,     0, full,    within_cap
            20000, 10001, 19999,     1, partial, filled_up_to_cap
            20000, 29999,     1, 19999, partial, filled_up_to_cap
            20000, 30000,     0, 20000, skipped, at_or_above_cap
            60000,     0, 60000,     0, full,    within_cap
            60000, 30000, 60000,     0, full,    within_cap
            60000, 30001, 59999,     1, partial, filled_up_to_cap
            60000, 89999,     1, 59999, partial, filled_up_to_cap
            60000, 90000,     0, 60000, skipped, at_or_above_cap
            # a millionth on either side of each edge
             3000,    1499.999999, 3000,        0,           full,    within_cap
             3000,    1500.000001, 2999.999999, 0.000001,    partial, filled_up_to_cap
             3000,    4499.999999, 0.000001,    2999.999999, partial, filled_up_to_cap
             3000,    4500.000001, 0,           3000,        skipped, at_or_above_cap
             0.000001, 0,          0.000001,    0,           full,    within_cap
            # the most that an account can hold
             3000, 9223372036854.775807, 0, 3000, skipped, at_or_above_cap
            """)
    void fillsUpToTheCapOfOneAndAHalf(
            String allotment, String balance, String granted, String withheld, String outcome, String reason) {
        Credits month = Credits.parse(allotment);
        Credits cap = MonthlyGrant.cap(month, SHIPPED_RATIO, Rollover.CAPPED);

        MonthlyGrant grant = MonthlyGrant.decide(Credits.parse(balance), month, cap);

        assertThat(grant)
                .isEqualTo(new MonthlyGrant(
                        MonthlyGrant.Result.valueOf(outcome.toUpperCase(java.util.Locale.ROOT)),
                        Credits.parse(granted),
                        Credits.parse(withheld),
                        Credits.parse(balance),
                        cap));
        assertThat(grant.result().id()).isEqualTo(outcome);
        assertThat(grant.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # allotment, ratio, rollover, cap
            3000,     1.5,      capped,    4500
            3000,     1,        capped,    3000
            3000,     0,        capped,    0
            3000,     1.5,      none,      4500
            3000,     1.5,      unlimited,
            3000,     ,         capped,
            3000,     ,         unlimited,
            0.000001, 1.5,      capped,    0.000002
            0.000001, 1.499999, capped,    0.000001
            1,        0.333333, capped,    0.333333
            """)
    void theCapIsTheAllotmentTimesTheRatio(String allotment, BigDecimal ratio, String rollover, String cap) {
        assertThat(MonthlyGrant.cap(Credits.parse(allotment), ratio, EnumId.parse(Rollover.class, rollover)))
                .isEqualTo(cap == null ? null : Credits.parse(cap));
    }

    @Test
    void withoutACapEveryMonthIsWhole() {
        MonthlyGrant grant = MonthlyGrant.decide(Credits.of(1_000_000), Credits.of(3000), null);

        assertThat(grant.granted()).isEqualTo(Credits.of(3000));
        assertThat(grant.withheld()).isEqualTo(Credits.ZERO);
        assertThat(grant.result()).isEqualTo(MonthlyGrant.Result.FULL);
        assertThat(grant.reason()).isEqualTo("no_cap");
    }

    @Test
    void aCapBelowTheAllotmentGrantsNoMoreThanTheCap() {
        MonthlyGrant grant = MonthlyGrant.decide(Credits.ZERO, Credits.of(3000), Credits.of(1000));

        assertThat(grant.granted()).isEqualTo(Credits.of(1000));
        assertThat(grant.withheld()).isEqualTo(Credits.of(2000));
    }

    /**
     * Whatever the figures: nothing over the allotment, nothing over the cap, and never a credit less than both allow.
     */
    @Test
    void grantsAsMuchAsAllotmentAndCapAllow() {
        SplittableRandom random = new SplittableRandom(20261121);
        for (int i = 0; i < 100_000; i++) {
            long allotment = random.nextLong(1, 100_000);
            long cap = random.nextLong(0, 200_000);
            long balance = random.nextLong(0, 300_000);

            MonthlyGrant grant = MonthlyGrant.decide(new Credits(balance), new Credits(allotment), new Credits(cap));
            long granted = grant.granted().millionths();

            assertThat(granted).isBetween(0L, allotment);
            assertThat(granted == 0 || balance + granted <= cap).isTrue();
            assertThat(granted == allotment || balance + granted >= cap).isTrue();
            assertThat(granted + grant.withheld().millionths()).isEqualTo(allotment);
        }
    }
}
