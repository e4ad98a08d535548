package ai.mavster.credits.recharge.terms;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.checkout.CreditPrice;
import ai.mavster.credits.recharge.terms.RechargeDecision.Situation;
import ai.mavster.credits.recharge.terms.RechargeDecision.Why;
import ai.mavster.credits.recharge.terms.RechargeSettings.Counted;
import ai.mavster.credits.recharge.terms.RechargeSettings.Pause;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a recharge is made, and of how much. */
class RechargeDecisionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T18:39:00Z");
    private static final Instant PERIOD = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LAST_PERIOD = Instant.parse("2026-10-01T00:00:00Z");

    private RechargeTerms terms = new RechargeTerms(credits("100"), credits("500"), null, credits("1000"), null);
    private boolean enabled = true;
    private Pause pause = Pause.NONE;
    private @Nullable UUID inFlight;
    private Counted counted = Counted.NONE;
    private @Nullable Instant period = PERIOD;
    private boolean provider = true;
    private Refusal.@Nullable Code barrier;
    private Credits owed = Credits.ZERO;

    private static Credits credits(String amount) {
        return Credits.parse(amount);
    }

    private RechargeDecision decided(String available) {
        RechargeSettings settings = new RechargeSettings("acct", enabled, terms, null, pause, inFlight, counted);
        CreditPrice price = new CreditPrice(credits("1000"), new Money(BigDecimal.TEN, "EUR"), Instant.EPOCH);
        return RechargeDecision.of(
                settings, new Situation(credits(available), owed, period, NOW, provider, () -> barrier, price::of));
    }

    private void isMade(String available, String added, String price) {
        RechargeDecision decision = decided(available);
        assertThat(decision.why()).isNull();
        assertThat(decision.credits()).isEqualTo(credits(added));
        assertThat(decision.price()).isEqualTo(new Money(new BigDecimal(price), "EUR"));
    }

    private void isNot(Why why) {
        assertThat(decided("50").why()).isEqualTo(why);
        assertThat(decided("50").price()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"100.000001, false", "100, false", "99.999999, true", "50, true", "0, true"})
    void belowTheThresholdAndNotOnIt(String available, boolean made) {
        if (made) {
            isMade(available, "500", "5");
        } else {
            assertThat(decided(available).why()).isEqualTo(Why.NOT_BELOW_THRESHOLD);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "99.999999,   0, 400.000001, 4",
        "50,          0, 450, 4.5",
        "0,           0, 500, 5",
        "0.000001,    0, 499.999999, 5",
        "50,         10, 460, 4.6",
        // Half a cent is rounded up, less is not.
        "99.5,        0, 400.5, 4.01",
        "99.500001,   0, 400.499999, 4"
    })
    void theGapIsFilled(String available, String owes, String added, String price) {
        terms = new RechargeTerms(credits("100"), null, credits("500"), credits("1000"), null);
        owed = credits(owes);
        isMade(available, added, price);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "500, true", "500.000001, false", "1000, false", "1200, false"})
    void withinTheLimitOfThePeriodWholeOrNotAtAll(String before, boolean fits) {
        counted = new Counted(PERIOD, credits(before), false);
        if (fits) {
            isMade("50", "500", "5");
        } else {
            isNot(Why.ABOVE_LIMIT);
            assertThat(decided("50").credits()).isEqualTo(credits("500"));
        }
        counted = new Counted(LAST_PERIOD, credits(before), true);
        isMade("50", "500", "5");
    }

    @Test
    void whatIsReportedIsNoLongerAskedAbout() {
        counted = new Counted(PERIOD, credits("1000"), false);
        barrier = Refusal.Code.SUBSCRIPTION_REQUIRED;
        isNot(Why.INACTIVE);
        counted = new Counted(PERIOD, credits("1000"), true);
        isNot(Why.ABOVE_LIMIT);
    }

    @Test
    void switchedOff() {
        enabled = false;
        isNot(Why.SWITCHED_OFF);
    }

    @Test
    void oneIsInFlight() {
        inFlight = UUID.randomUUID();
        isNot(Why.IN_FLIGHT);
    }

    @Test
    void notBeforeThePauseIsOver() {
        pause = new Pause(1, NOW.plusNanos(1000));
        isNot(Why.PAUSED);
        pause = new Pause(1, NOW);
        isMade("50", "500", "5");
    }

    @Test
    void notWithoutASubscription() {
        period = null;
        isNot(Why.NO_PERIOD);
    }

    @ParameterizedTest
    @CsvSource({"SUBSCRIPTION_REQUIRED, INACTIVE", "BUDGET_EXCEEDED, BUDGET", "ACCOUNT_CLOSED, CLOSED"})
    void notWhereMoreCreditsWouldNotHelp(Refusal.Code code, Why why) {
        barrier = code;
        isNot(why);
    }

    @Test
    void notWithoutAProvider() {
        provider = false;
        isNot(Why.NO_PROVIDER);
    }

    @Test
    void notForLessThanTheSmallestCoin() {
        terms = new RechargeTerms(credits("100"), credits("0.499999"), null, credits("1000"), null);
        isNot(Why.NO_PRICE);
        terms = new RechargeTerms(credits("100"), credits("0.5"), null, credits("1000"), null);
        isMade("50", "0.5", "0.01");
    }

    @ParameterizedTest
    @EnumSource(
            value = Why.class,
            names = {"SWITCHED_OFF", "NOT_BELOW_THRESHOLD", "IN_FLIGHT", "PAUSED"})
    void whatIsKnownAtOnceAsksNobody(Why why) {
        RechargeSettings settings = new RechargeSettings(
                "acct",
                why != Why.SWITCHED_OFF,
                terms,
                null,
                why == Why.PAUSED ? new Pause(1, NOW.plusSeconds(1)) : Pause.NONE,
                why == Why.IN_FLIGHT ? UUID.randomUUID() : null,
                Counted.NONE);
        Credits available = why == Why.NOT_BELOW_THRESHOLD ? credits("100") : credits("99");
        RechargeDecision decision = RechargeDecision.of(
                settings,
                new Situation(
                        available,
                        Credits.ZERO,
                        PERIOD,
                        NOW,
                        true,
                        () -> {
                            throw new AssertionError("asked for a barrier");
                        },
                        credits -> {
                            throw new AssertionError("asked for a price");
                        }));
        assertThat(decision.why()).isEqualTo(why);
    }
}
