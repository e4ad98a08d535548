package ai.mavster.credits.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The monthly job, told through HTTP. It is one job for all accounts, so each story looks at its own. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RenewalTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @ParameterizedTest(name = "{0} at {1}: {2} {3}")
    @CsvSource(textBlock = """
            # plan, balance before, granted, outcome, withheld, reason
            basic,     0,  3000, full,        0, within_cap
            basic,  1500,  3000, full,        0, within_cap
            basic,  1501,  2999, partial,     1, filled_up_to_cap
            basic,  4499,     1, partial,  2999, filled_up_to_cap
            basic,  4500,     0, skipped,  3000, at_or_above_cap
            basic, 13000,     0, skipped,  3000, at_or_above_cap
            pro,   10000, 20000, full,        0, within_cap
            pro,   10001, 19999, partial,     1, filled_up_to_cap
            pro,   30000,     0, skipped, 20000, at_or_above_cap
            ultra, 30000, 60000, full,        0, within_cap
            ultra, 30001, 59999, partial,     1, filled_up_to_cap
            ultra, 90000,     0, skipped, 60000, at_or_above_cap
            basic, 1500.000001, 2999.999999, partial, 0.000001, filled_up_to_cap
            """)
    void aRenewalFillsUpToTheCap(
            String plan, String before, String granted, String outcome, String withheld, String reason) {
        Customer customer = Customer.on(plan).bring(before);
        Reply balance = customer.balance();
        assertThat(balance.all("balance", "next_grant/amount", "next_grant/outcome"))
                .isEqualTo(before + " " + granted + " " + outcome);
        String at = balance.at("next_grant/at");

        Customer.renew(at);

        Reply renewals = customer.renewals();
        assertThat(renewals.rows("data", "index", "period_start", "balance_before", "granted", "withheld", "outcome"))
                .first()
                .isEqualTo("1 %s %s %s %s %s".formatted(at, before, granted, withheld, outcome));
        assertThat(renewals.all("data/0/reason", "data/0/plan", "data/0/cap"))
                .isEqualTo(reason + " " + plan + " " + balance.at("cap"));
        assertThat(renewals.at("data/0/grant_id") == null).isEqualTo(outcome.equals("skipped"));
        assertThat(sum(before, granted)).isEqualTo(customer.balance().at("balance"));
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    private static String sum(String one, String other) {
        return Credits.parse(one).plus(Credits.parse(other)).toString();
    }

    @Test
    void aPeriodIsDecidedOnceWhoeverCallsHowOften() {
        Customer customer = Customer.on("basic").bring("0");
        String at = customer.balance().at("next_grant/at");
        clock.stopAt(Instant.parse(at));

        IntStream.range(0, 12).parallel().forEach(i -> Customer.renew(at));
        Customer.renew(at);

        assertThat(customer.renewals().rows("data", "index", "granted")).containsExactly("1 3000", "0 3000");
        assertThat(customer.balance().at("balance")).isEqualTo("3000");
        assertThat(customer.entries("?kind=monthly_grant").rows("data", "credits"))
                .containsExactly("3000", "3000");
    }

    @Test
    void theJobSaysWhatItDidAndWhatIsLeft() {
        Customer.renew(Instant.now().toString());
        Customer first = Customer.on("basic");
        clock.moveBy(Duration.ofSeconds(1));
        Customer second = Customer.on("basic").bring("0");
        clock.moveBy(Duration.ofSeconds(1));
        Customer third = Customer.on("basic").bring("4500");
        String at = third.balance().at("next_grant/at");
        Customer.renew(Instant.parse(first.balance().at("next_grant/at"))
                .minusSeconds(1)
                .toString());

        clock.stopAt(Instant.parse(at));
        Reply one = Customer.post("/v1/renewals", "{'as_of': '" + at + "', 'limit': 1}")
                .is(200);
        Reply rest = Customer.renew(at);
        Reply again = Customer.renew(at);

        String[] figures = {"due", "renewed", "granted_full", "granted_partial", "skipped", "ended", "failed"};
        assertThat(one.all(figures)).isEqualTo("3 1 0 1 0 0 0");
        assertThat(one.all("credits_granted", "remaining_due")).isEqualTo("1500 2");
        assertThat(rest.all(figures)).isEqualTo("2 2 1 0 1 0 0");
        assertThat(rest.all("credits_granted", "remaining_due")).isEqualTo("3000 0");
        assertThat(again.all(figures)).isEqualTo("0 0 0 0 0 0 0");
        assertThat(Instant.parse(again.at("next_due_at"))).isAfter(Instant.parse(at));
        assertThat(second.balance().at("balance")).isEqualTo("3000");
    }

    @Test
    void missedRenewalsAreWorkedOffInOrder() {
        Customer customer = Customer.on("basic").bring("0");
        clock.moveBy(Duration.ofDays(3 * 31));

        Customer.renew(Instant.now().plus(Duration.ofDays(3 * 31)).toString());

        assertThat(customer.renewals().rows("data", "index", "outcome", "balance_before", "granted"))
                .containsExactly("3 skipped 4500 0", "2 partial 3000 1500", "1 full 0 3000", "0 full 0 3000");
        List<String> starts = customer.renewals().rows("data", "period_start");
        List<String> ends = customer.renewals().rows("data", "period_end");
        assertThat(starts.subList(0, 3)).isEqualTo(ends.subList(1, 4));
    }

    /** A month that was over before the job came by: its credits are, too. */
    @Test
    void aMissedMonthWhoseCreditsHaveExpiredDoesNotHoldUpTheNext() {
        plan("missed-none", "'monthly_credits': 100, 'rollover': 'none'");
        Customer customer = Customer.on("missed-none");
        clock.moveBy(Duration.ofDays(3 * 31));

        IntStream.range(0, 6)
                .parallel()
                .forEach(i -> Customer.renew(
                        Instant.now().plus(Duration.ofDays(3 * 31)).toString()));

        assertThat(customer.renewals().rows("data", "index", "balance_before", "granted"))
                .containsExactly("3 0 100", "2 0 100", "1 0 100", "0 0 100");
        assertThat(customer.balance().at("balance")).isEqualTo("100");
    }

    @Test
    void whatWasWithheldIsNeverMadeUp() {
        Customer customer = Customer.on("basic").bring("4500");
        String at = customer.balance().at("next_grant/at");
        Customer.renew(at);
        customer.debit("4500").is(201);

        Customer.renew(at);

        assertThat(customer.balance().at("balance")).isEqualTo("0");
    }

    @Test
    void cancelAtPeriodEndEnds() {
        Customer customer = Customer.create();
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'cancel_at_period_end': true}")
                .is(200);
        assertThat(customer.balance().all("next_grant", "spendable", "subscription_status"))
                .isEqualTo("null 3000 active");
        String end = Customer.get(customer.path("")).at("subscription/current_period/end");
        clock.moveBy(Duration.between(Instant.now(), Instant.parse(end)).plusSeconds(1));

        // before the job has been by
        assertThat(customer.balance().all("balance", "spendable", "subscription_status", "blocked_by"))
                .isEqualTo("3000 0 canceled subscription_required");
        customer.debit("1").is(402, "subscription_required");

        assertThat(Integer.parseInt(Customer.renew(end).at("ended"))).isPositive();
        assertThat(customer.renewals().rows("data", "index")).containsExactly("0");
        assertThat(customer.balance().all("balance", "subscription_status")).isEqualTo("3000 canceled");
    }

    /** On test clocks, where nothing is at stake; but until then what is paid for goes on, and can be taken back. */
    @ParameterizedTest
    @CsvSource({"basic, 1", "ends-yearly, 12"})
    void renewingAheadIsForTestClocksAndEndsNothingBeforeItsTime(String plan, int months) {
        plan("ends-yearly", "'monthly_credits': 10, 'billing_interval': 'year'");
        Customer ordinary = Customer.on("basic").bring("0");
        Customer customer = Customer.onTestClock(Instant.now().toString());
        Reply subscription = customer.subscribe(
                        "{'plan': '" + plan + "', 'status': 'active', 'cancel_at_period_end': true}")
                .is(200);
        Instant end = Instant.parse(subscription.at("billing_period/end"));
        String ahead = Instant.now().plus(Duration.ofDays(399)).toString();

        Reply tally = Customer.renewAsOf(ahead);
        Customer.renewAsOf(ahead);

        assertThat(tally.at("remaining_due")).isEqualTo("0");
        assertThat(customer.renewals().rows("data", "index")).hasSize(months);
        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "kind"))
                .containsExactly("subscribed");
        assertThat(ordinary.renewals().rows("data", "index")).containsExactly("0");
        assertThat(ordinary.balance().at("balance")).isEqualTo("0");
        customer.advance(end.minusSeconds(60).toString()).is(200);
        assertThat(customer.balance().at("subscription_status")).isEqualTo("active");
        customer.debit("1").is(201);
        Customer.renewAsOf(ahead);
        customer.debit("1").is(201);

        assertThat(customer.advance(end.toString()).is(200).at("ended")).isEqualTo("1");
        customer.debit("1").is(402, "subscription_required");
        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "kind"))
                .containsExactly("ended", "subscribed");
    }

    /** Whoever may call the job cannot take a month from anybody: what the cap withholds is never made up. */
    @Test
    void nobodyIsRenewedAheadOfTheRealTime() {
        Customer customer = Customer.on("basic");
        String at = customer.balance().at("next_grant/at");

        assertThat(Integer.parseInt(Customer.renewAsOf(at).at("failed"))).isZero();
        assertThat(customer.renewals().rows("data", "index")).containsExactly("0");
        customer.bring("0");
        Customer.renew(at);

        assertThat(customer.renewals().rows("data", "index", "granted")).containsExactly("1 3000", "0 3000");
        assertThat(Customer.post("/v1/renewals", "{'as_of': '2099-01-01T00:00:00Z'}")
                        .is(400)
                        .at("errors/0/field"))
                .isEqualTo("as_of");
    }

    /** The rule at the renewal is the plan's of that moment. */
    @Test
    void aChangedPlanCountsFromTheNextDecision() {
        plan("changing", "'monthly_credits': 100");
        Customer customer = Customer.on("changing");
        assertThat(customer.balance().all("cap", "next_grant/amount")).isEqualTo("150 50");

        plan("changing", "'monthly_credits': 100, 'cap_ratio': null");
        assertThat(customer.balance().all("cap", "next_grant/amount", "next_grant/outcome"))
                .isEqualTo("null 100 full");
        Customer.renew(customer.balance().at("next_grant/at"));

        assertThat(customer.renewals().all("data/0/granted", "data/0/cap", "data/0/reason"))
                .isEqualTo("100 null no_cap");
    }

    @Test
    void withoutRolloverTheMonthEndsWithItsPeriod() {
        plan("no-rollover", "'monthly_credits': 100, 'rollover': 'none'");
        Customer customer = Customer.on("no-rollover");
        customer.topUp("20").is(201);
        assertThat(customer.balance().all("next_grant/amount", "next_grant/outcome"))
                .isEqualTo("100 full");
        String end = customer.balance().at("next_grant/at");
        clock.moveBy(Duration.between(Instant.now(), Instant.parse(end)).plusSeconds(1));

        assertThat(customer.balance().at("balance")).isEqualTo("20");
        Customer.renew(end);

        assertThat(customer.balance().at("balance")).isEqualTo("120");
        assertThat(customer.entries("").rows("data", "kind", "credits"))
                .containsExactly("monthly_grant 100", "expiry -100", "top_up 20", "monthly_grant 100");
    }

    private static void plan(String id, String fields) {
        assertThat(Customer.put("/v1/plans/" + id, "{'name': 'Story', " + fields + "}")
                        .status())
                .isIn(200, 201);
    }
}
