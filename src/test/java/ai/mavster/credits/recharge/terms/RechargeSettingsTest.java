package ai.mavster.credits.recharge.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.recharge.terms.RechargeSettings.SwitchedOff;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings come to as recharges go on, what fits together, and what it may cost. */
class RechargeSettingsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T18:39:00Z");
    private static final Instant PERIOD = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NEXT_PERIOD = Instant.parse("2026-12-01T00:00:00Z");
    private static final UUID ID = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final Credits SIZE = Credits.of(500);

    private static RechargeTerms terms(@Nullable String paymentMethod) {
        return new RechargeTerms(Credits.of(100), SIZE, null, Credits.of(1000), paymentMethod);
    }

    private static RechargeSettings on() {
        return RechargeSettings.initial("acct").set(true, terms(null));
    }

    @Test
    void aFailedOneCountsNoMoreAndIsFollowedByAPause() {
        RechargeSettings begun = on().begun(ID, SIZE, PERIOD);
        assertThat(begun.inFlight()).isEqualTo(ID);
        assertThat(begun.counted().credits()).isEqualTo(SIZE);
        RechargeSettings failed = begun.failed(ID, SIZE, PERIOD, NOW);
        assertThat(failed.inFlight()).isNull();
        assertThat(failed.counted().credits()).isEqualTo(Credits.ZERO);
        assertThat(failed.pause().notBefore()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(failed.isPauseOver(NOW.plus(Duration.ofHours(1)).minusNanos(1000)))
                .isFalse();
        assertThat(failed.isPauseOver(NOW.plus(Duration.ofHours(1)))).isTrue();
        assertThat(failed.resumed().isPauseOver(NOW.plus(Duration.ofHours(1)))).isFalse();
    }

    @Test
    void fourInARowSwitchItOff() {
        RechargeSettings settings = on();
        for (int hours : new int[] {1, 6, 24}) {
            settings = settings.begun(ID, SIZE, PERIOD).failed(ID, SIZE, PERIOD, NOW);
            assertThat(settings.pause().notBefore()).isEqualTo(NOW.plus(Duration.ofHours(hours)));
            assertThat(settings.enabled()).isTrue();
        }
        settings = settings.begun(ID, SIZE, PERIOD).failed(ID, SIZE, PERIOD, NOW);
        assertThat(settings.enabled()).isFalse();
        assertThat(settings.switchedOff()).isEqualTo(SwitchedOff.FAILURES);
        assertThat(settings.pause().notBefore()).isNull();

        RechargeSettings again = settings.set(true, terms(null));
        assertThat(again.switchedOff()).isNull();
        assertThat(again.pause()).isEqualTo(RechargeSettings.Pause.NONE);
    }

    @Test
    void oneThatSucceedsEndsARowOfFailures() {
        RechargeSettings failing = on().begun(ID, SIZE, PERIOD).failed(ID, SIZE, PERIOD, NOW);
        RechargeSettings succeeded = failing.begun(OTHER, SIZE, PERIOD).succeeded(OTHER, null, PERIOD);
        assertThat(succeeded.pause()).isEqualTo(RechargeSettings.Pause.NONE);
        assertThat(succeeded.counted().credits()).isEqualTo(SIZE);
        assertThat(succeeded.inFlight()).isNull();
    }

    @Test
    void anotherCardEndsThePause() {
        RechargeSettings failing = on().begun(ID, SIZE, PERIOD).failed(ID, SIZE, PERIOD, NOW);
        assertThat(failing.set(true, terms(null))).isEqualTo(failing);
        assertThat(failing.set(true, terms("card_ok")).pause()).isEqualTo(RechargeSettings.Pause.NONE);
    }

    /** It was ended, another one has begun, and then the money comes. */
    @Test
    void oneThatIsPaidLateCountsAfterAll() {
        RechargeSettings late = on().begun(ID, SIZE, PERIOD)
                .failed(ID, SIZE, PERIOD, NOW)
                .begun(OTHER, SIZE, PERIOD)
                .succeeded(ID, SIZE, PERIOD);
        assertThat(late.counted().credits()).isEqualTo(Credits.of(1000));
        assertThat(late.inFlight()).isEqualTo(OTHER);
    }

    @Test
    void anotherPeriodCountsFromNothing() {
        RechargeSettings next = on().begun(ID, SIZE, PERIOD)
                .limitReported(PERIOD)
                .succeeded(ID, null, PERIOD)
                .begun(OTHER, SIZE, NEXT_PERIOD);
        assertThat(next.counted()).isEqualTo(new RechargeSettings.Counted(NEXT_PERIOD, SIZE, false));
        assertThat(next.failed(ID, SIZE, PERIOD, NOW).counted().credits()).isEqualTo(SIZE);
        assertThat(next.counted().in(PERIOD).periodStart()).isEqualTo(NEXT_PERIOD);
    }

    @Test
    void whatIsSwitchedOffByItsOwnerIsNotPaused() {
        RechargeSettings off = on().begun(ID, SIZE, PERIOD).set(false, terms(null));
        assertThat(off.switchedOff()).isNull();
        RechargeSettings failed = off.failed(ID, SIZE, PERIOD, NOW);
        assertThat(failed.pause().notBefore()).isNull();
        assertThat(failed.inFlight()).isNull();
    }

    @Test
    void whatCannotBeCreditedSwitchesItOff() {
        RechargeSettings off = on().begun(ID, SIZE, PERIOD).uncredited(ID);
        assertThat(off.switchedOff()).isEqualTo(SwitchedOff.UNCREDITED);
        assertThat(off.inFlight()).isNull();
        assertThat(on().begun(ID, SIZE, PERIOD).closed().uncredited(ID).switchedOff())
                .isEqualTo(SwitchedOff.ACCOUNT_CLOSED);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            100, 500, -,          500,        -
            100, 500, -,          499.999999, limit_per_period
            100, -,   100.000001, 200,        -
            100, -,   100,        200,        top_up_to
            100, -,   300,        299.999999, limit_per_period
            100, 500, 500,        1000,       top_up_to
            -,   500, -,          1000,       threshold
            100, -,   -,          1000,       credits_to_add
            100, 500, -,          -,          limit_per_period
            """)
    void whatDoesNotFitTogetherIsNamed(
            @Nullable Credits threshold,
            @Nullable Credits creditsToAdd,
            @Nullable Credits topUpTo,
            @Nullable Credits limit,
            @Nullable String wrong) {
        RechargeTerms terms = new RechargeTerms(threshold, creditsToAdd, topUpTo, limit, null);
        if (wrong == null) {
            terms.require(true);
        } else {
            assertThatThrownBy(() -> terms.require(true))
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            invalid -> assertThat(invalid.field()).isEqualTo(wrong));
        }
    }

    /** At 10 EUR for 1000 credits. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            100, 500,   -,   1000,     10.00, 120.00
            100, 500,   -,   1499,     10.00, 120.00
            100, 500,   -,   1500,     15.00, 180.00
            100, 333.5, -,   1000,      6.68,  80.16
            100, 333.4, -,   1000,      6.66,  79.92
            100, -,     500, 1000,     10.01, 120.12
            100, -,     101, 101,       1.52,  18.24
            -,   500,   -,   1000,         -,      -
            """)
    void mayCost(
            @Nullable Credits threshold,
            @Nullable Credits creditsToAdd,
            @Nullable Credits topUpTo,
            Credits limit,
            @Nullable BigDecimal perPeriod,
            @Nullable BigDecimal perYear) {
        RechargeCost cost = RechargeCost.of(
                new RechargeTerms(threshold, creditsToAdd, topUpTo, limit, null),
                Credits.of(1000),
                new Money(BigDecimal.TEN, "EUR"));
        assertThat(cost)
                .isEqualTo(
                        perPeriod == null || perYear == null
                                ? null
                                : new RechargeCost(new Money(perPeriod, "EUR"), new Money(perYear, "EUR")));
    }
}
