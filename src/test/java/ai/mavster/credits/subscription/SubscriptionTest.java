package ai.mavster.credits.subscription;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a subscription and what it means for spending, told through HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SubscriptionTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static Reply become(Customer customer, String status) {
        return customer.subscribe("{'plan': 'basic', 'status': '" + status + "'}")
                .is(200);
    }

    @Test
    void withoutASubscriptionCreditsAreKeptAndNotSpent() {
        Customer customer = Customer.create();
        customer.topUp("40").is(201);

        Reply refused = customer.debit("12").is(402);

        assertThat(refused.body()).isEqualTo("""
                        {"type":"https://mavster.ai/problems/subscription-required","title":"Subscription required","status":402,\
                        "code":"subscription_required",\
                        "detail":"There is no subscription, and credits are spent only under one. The balance of 40 credits is kept. \
                        Pick a plan to go on.",\
                        "account_id":"%1$s","required":12,"subscription_status":null,"balance":40,"held":0,"owed":0,"next_grant":null,\
                        "action":{"label":"Pick a plan","url":"http://localhost:8080/billing/plans?account=%1$s"},\
                        "retryable_after":"subscription"}""".formatted(customer.id));
        assertThat(customer.balance().all("balance", "available", "spendable", "blocked_by", "cap", "next_grant"))
                .isEqualTo("40 40 0 subscription_required null null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canceled", "paused", "past_due"})
    void awayAndBackWithinTheMonth(String away) {
        Customer customer = Customer.having("100");
        become(customer, away);

        assertThat(customer.debit("12")
                        .is(402, "subscription_required")
                        .all("subscription_status", "balance", "required"))
                .isEqualTo(away + " 100 12");
        assertThat(customer.balance().all("balance", "spendable", "subscription_status", "next_grant"))
                .isEqualTo("100 0 " + away + " null");
        customer.topUp("5").is(201);

        become(customer, "active");

        assertThat(customer.balance().all("balance", "spendable")).isEqualTo("105 105");
        customer.debit("12").is(201);
        assertThat(customer.renewals().rows("data", "index")).hasSize(1);
    }

    @Test
    void aTrialSpendsAndItsStartIsItsGrant() {
        Customer customer = Customer.create();
        become(customer, "trialing");
        customer.debit("3000").is(201);

        become(customer, "active");

        assertThat(customer.balance().all("balance", "blocked_by")).isEqualTo("0 insufficient_credits");
    }

    @Test
    void theFirstGrantIsCappedByWhatIsThereToo() {
        Customer customer = Customer.create();
        customer.topUp("4000").is(201);

        become(customer, "active");

        assertThat(customer.balance().at("balance")).isEqualTo("4500");
        assertThat(customer.renewals()
                        .all("data/0/outcome", "data/0/granted", "data/0/withheld", "data/0/balance_before"))
                .isEqualTo("partial 500 2500 4000");
    }

    @Test
    void anUpgradeRaisesTheCapAtOnceAndADowngradeTakesNothing() {
        Customer customer = Customer.having("3000");

        customer.subscribe("{'plan': 'ultra', 'status': 'active'}").is(200);
        assertThat(customer.balance().all("balance", "cap", "allotment", "plan", "next_grant/amount"))
                .isEqualTo("3000 90000 60000 ultra 60000");
        customer.bring("50000");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);

        assertThat(customer.balance().all("balance", "cap", "next_grant/amount", "next_grant/outcome"))
                .isEqualTo("50000 4500 0 skipped");
    }

    @Test
    void anAnchorInThePastGrantsOnlyThePeriodThatHoldsNow() {
        Customer customer = Customer.create();

        Reply subscription = customer.subscribe(
                        "{'plan': 'basic', 'status': 'active', 'anchor': '2024-01-31T00:00:00Z', 'time_zone': 'Europe/Berlin'}")
                .is(200);

        assertThat(Instant.parse(subscription.at("current_period/end"))).isAfter(Instant.now());
        assertThat(Instant.parse(subscription.at("current_period/start"))).isBefore(Instant.now());
        assertThat(customer.renewals().rows("data", "index", "granted"))
                .containsExactly(subscription.at("current_period/index") + " 3000");
    }

    /**
     * An anchor that moves back shortens the period; the time that was granted already grants nothing more, and the
     * preview says so.
     */
    @Test
    void movingTheAnchorGainsNothingAndThePreviewKnows() {
        Customer customer = Customer.having("0");
        String moved = Instant.now().minus(Duration.ofDays(20)).toString();
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'anchor': '" + moved + "'}")
                .is(200);

        Reply balance = customer.balance();
        assertThat(balance.all("balance", "next_grant/amount", "next_grant/outcome"))
                .isEqualTo("0 0 skipped");
        Customer.renew(balance.at("next_grant/at"));

        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(customer.balance().all("next_grant/amount", "next_grant/outcome"))
                .isEqualTo("3000 full");
    }

    @Test
    void resubscribingAfterTheMonthStartsANewOne() {
        Customer customer = Customer.having("0");
        become(customer, "canceled");
        clock.moveBy(Duration.ofDays(32));

        Reply subscription = become(customer, "active");

        assertThat(customer.balance().at("balance")).isEqualTo("3000");
        assertThat(subscription.at("current_period/index")).isEqualTo("0");
        assertThat(subscription.at("anchor")).isEqualTo(subscription.at("current_period/start"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'plan': 'gold', 'status': 'active'}                                       | 404 | plan_not_found
            {'plan': 'basic', 'status': 'ACTIVE'}                                      | 400 | invalid_request
            {'status': 'active'}                                                       | 400 | invalid_request
            {'plan': 'basic', 'status': 'active', 'anchor': '2999-01-01T00:00:00Z'}    | 400 | invalid_request
            {'plan': 'basic', 'status': 'active', 'time_zone': 'Mars/Olympus'}         | 400 | invalid_request
            """)
    void whatCannotBeIsRefusedAndChangesNothing(String body, int status, String code) {
        Customer customer = Customer.create();

        customer.subscribe(body).is(status, code);

        assertThat(customer.balance().all("balance", "plan")).isEqualTo("0 null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # body                                                             | ratio | rollover  | cap
            {'name': 'A', 'monthly_credits': 100}                              | 1.5   | capped    | 150
            {'name': 'A', 'monthly_credits': 100, 'cap_ratio': 2}              | 2     | capped    | 200
            {'name': 'A', 'monthly_credits': 100, 'cap_ratio': null}           | -     | capped    | -
            {'name': 'A', 'monthly_credits': 100, 'cap_ratio': 0}              | 0     | capped    | 0
            {'name': 'A', 'monthly_credits': 100, 'rollover': 'unlimited'}     | 1.5   | unlimited | -
            {'name': 'A', 'monthly_credits': 0.5, 'cap_ratio': 1.25}           | 1.25  | capped    | 0.625
            """)
    void aPlanIsWhatWasPut(String body, String ratio, String rollover, String cap) {
        Customer.put("/v1/plans/story", body);
        Reply plan = Customer.put("/v1/plans/story", body).is(200);
        Customer customer = Customer.create();
        customer.subscribe("{'plan': 'story', 'status': 'paused'}").is(200);

        assertThat(plan.all("id", "name", "cap_ratio", "rollover")).isEqualTo("story A " + ratio + " " + rollover);
        assertThat(customer.balance().at("cap")).isEqualTo(cap);
        assertThat(Customer.get("/v1/plans?limit=1000").rows("data", "id")).contains("basic", "pro", "story", "ultra");
    }
}
