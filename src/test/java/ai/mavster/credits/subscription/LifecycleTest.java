package ai.mavster.credits.subscription;

import static ai.mavster.credits.subscription.PlanCalls.FEBRUARY;
import static ai.mavster.credits.subscription.PlanCalls.JANUARY;
import static ai.mavster.credits.subscription.PlanCalls.balance;
import static ai.mavster.credits.subscription.PlanCalls.makePlans;
import static ai.mavster.credits.subscription.PlanCalls.put;
import static ai.mavster.credits.subscription.PlanCalls.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trials, years, pauses and what is known of them beforehand and afterwards, through HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LifecycleTest {

    @Inject
    MovableClock clock;

    @BeforeEach
    void begin() {
        clock.stopAt(JANUARY);
        makePlans();
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void anAllotmentOfItsOwnTakesThePlansPlaceUntilThePlanChanges() {
        Customer customer = Customer.create();

        Reply subscription = put(customer, "ultra", ", 'monthly_credits': 250000");

        assertThat(subscription.all("plan", "allotment", "monthly_credits")).isEqualTo("ultra 250000 250000");
        assertThat(customer.balance().all("balance", "cap", "allotment")).isEqualTo("250000 375000 250000");
        assertThat(put(customer, "ultra", "").at("allotment")).isEqualTo("250000");
        assertThat(put(customer, "ultra", ", 'monthly_credits': null").all("allotment", "monthly_credits"))
                .isEqualTo("60000 null");
        put(customer, "ultra", ", 'monthly_credits': 70000");
        assertThat(put(customer, "pro", "").all("allotment", "monthly_credits")).isEqualTo("20000 null");
    }

    @Test
    void aTrialHasItsOwnCreditsOnceAndTheRestComesWhenItIsPaid() {
        Customer customer = Customer.create();
        customer.subscribe("{'plan': 'life-trial', 'status': 'trialing'}").is(200);
        assertThat(customer.balance().all("balance", "next_grant/amount", "next_grant/reason", "next_grant/use_first"))
                .isEqualTo("500 0 trial_granted_before null");
        customer.debit("200").is(201);
        clock.stopAt(JANUARY.plus(Duration.ofDays(14)));

        put(customer, "life-trial", "");

        assertThat(balance(customer)).isEqualTo("2800");
        customer.subscribe("{'plan': 'life-trial', 'status': 'trialing'}").is(200);
        put(customer, "life-trial", "");
        assertThat(balance(customer)).isEqualTo("2800");
        assertThat(customer.balance().all("next_grant/amount", "next_grant/outcome"))
                .isEqualTo("1700 partial");
    }

    @Test
    void aSecondTrialGrantsNothing() {
        Customer customer = Customer.create();
        customer.subscribe("{'plan': 'life-trial', 'status': 'trialing'}").is(200);
        customer.subscribe("{'plan': 'life-trial', 'status': 'canceled'}").is(200);
        clock.stopAt(FEBRUARY.plus(Duration.ofDays(40)));

        customer.subscribe("{'plan': 'life-trial', 'status': 'trialing'}").is(200);

        assertThat(balance(customer)).isEqualTo("500");
        assertThat(customer.renewals().rows("data", "index", "granted", "reason"))
                .containsExactly("0 0 trial_granted_before", "0 500 within_cap");
    }

    @Test
    void aYearlyPlanGrantsMonthlyAndEndsWithItsYear() {
        Customer customer = with("life-yearly", "0");
        Reply subscription = put(customer, "life-yearly", ", 'cancel_at_period_end': true");
        assertThat(subscription.all(
                        "current_period/start", "current_period/end", "billing_period/start", "billing_period/end"))
                .isEqualTo("2027-01-10T00:00:00Z 2027-02-10T00:00:00Z 2027-01-10T00:00:00Z 2028-01-10T00:00:00Z");

        Instant lastMoment = Instant.parse("2028-01-09T23:59:59Z");
        clock.stopAt(lastMoment);
        Customer.renew(lastMoment.toString());
        assertThat(customer.renewals().rows("data", "index")).hasSize(12);
        assertThat(customer.balance().all("subscription_status", "balance", "next_grant"))
                .isEqualTo("active 1500 null");

        Instant end = Instant.parse("2028-01-10T00:00:00Z");
        clock.stopAt(end);
        assertThat(customer.balance().all("subscription_status", "spendable")).isEqualTo("canceled 0");
        Customer.renew(end.toString());
        assertThat(customer.renewals().rows("data", "index")).hasSize(12);
        assertThat(Customer.get(customer.path("/subscription/changes")).all("data/0/kind", "data/0/previous_status"))
                .isEqualTo("ended active");
    }

    /** It was active in those months, whatever becomes of it now. */
    @ParameterizedTest
    @CsvSource({"canceled, 3", "paused, 3", "active, 3"})
    void whatIsDueIsWorkedOffBeforeAChange(String status, int renewed) {
        Customer customer = with("basic", "0");
        clock.stopAt(Instant.parse("2027-04-20T00:00:00Z"));

        Reply subscription = customer.subscribe("{'plan': 'pro', 'status': '" + status + "'}")
                .is(200);

        assertThat(customer.renewals().rows("data", "index", "plan", "granted"))
                .containsExactly("3 basic 0", "2 basic 1500", "1 basic 3000", "0 basic 3000")
                .hasSize(1 + renewed);
        assertThat(subscription.all("current_period/index", "status", "plan")).isEqualTo("3 " + status + " pro");
        assertThat(balance(customer)).isEqualTo("4500");
    }

    @Test
    void afterMonthsOfPauseOnlyTheMonthThatHoldsIsGranted() {
        Customer customer = with("basic", "0");
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);
        clock.stopAt(Instant.parse("2027-06-20T00:00:00Z"));
        Customer.renew("2027-06-20T00:00:00Z");
        assertThat(balance(customer)).isEqualTo("0");

        put(customer, "basic", "");

        assertThat(customer.renewals().rows("data", "index", "granted")).containsExactly("5 3000", "0 3000");
    }

    @ParameterizedTest(name = "basic at {0}: {1} {2}, {3} withheld, use {5} first")
    @CsvSource(nullValues = "-", textBlock = """
            # balance, amount, outcome, withheld, reason,            use first
                    0,   3000, full,           0, within_cap,        0
                 1500,   3000, full,           0, within_cap,        0
                 1501,   2999, partial,        1, filled_up_to_cap,  1
                 4499,      1, partial,     2999, filled_up_to_cap,  2999
                 4500,      0, skipped,     3000, at_or_above_cap,   3000
                13000,      0, skipped,     3000, at_or_above_cap,   11500
            """)
    void theNextGrantIsForetold(
            String before, String amount, String outcome, String withheld, String reason, String useFirst) {
        Customer customer = with("basic", before);

        assertThat(customer.balance()
                        .all(
                                "next_grant/at",
                                "next_grant/amount",
                                "next_grant/outcome",
                                "next_grant/withheld",
                                "next_grant/reason",
                                "next_grant/use_first"))
                .isEqualTo(String.join(" ", FEBRUARY.toString(), amount, outcome, withheld, reason, useFirst));
        if (!useFirst.equals("0")) {
            customer.debit(useFirst).is(201);
        }
        assertThat(customer.balance().all("next_grant/amount", "next_grant/outcome", "next_grant/use_first"))
                .isEqualTo("3000 full 0");
    }

    @Test
    void theHistorySaysWhoChangedWhatAndWhy() {
        Customer customer = Customer.create();
        put(customer, "basic", ", 'reason': 'Signed up'");
        put(customer, "basic", "");
        clock.stopAt(JANUARY.plusSeconds(60));
        customer.subscribe("{'plan': 'basic', 'status': 'past_due', 'reason': 'Card declined'}")
                .is(200);
        put(customer, "basic", ", 'cancel_at_period_end': true");

        Reply history = Customer.get(customer.path("/subscription/changes")).is(200);

        assertThat(history.rows("data", "kind", "at", "previous_status", "status", "cancel_at_period_end", "reason"))
                .containsExactly(
                        "changed 2027-01-10T00:01:00Z past_due active true null",
                        "changed 2027-01-10T00:01:00Z active past_due false Card declined",
                        "subscribed 2027-01-10T00:00:00Z null active false Signed up");
        assertThat(history.all("data/0/author/type", "data/0/author/id", "data/0/author/name"))
                .isEqualTo("api_key first admin key first admin key");
        assertThat(Customer.get(customer.path("/subscription/changes?limit=2")).at("has_more"))
                .isEqualTo("true");
        String cursor =
                Customer.get(customer.path("/subscription/changes?limit=2")).at("next_cursor");
        assertThat(Customer.get(customer.path("/subscription/changes?limit=2&cursor=" + cursor))
                        .rows("data", "kind"))
                .containsExactly("subscribed");
        Customer.get(customer.path("/subscription/changes?cursor=bm8")).is(400, "invalid_request");
    }
}
