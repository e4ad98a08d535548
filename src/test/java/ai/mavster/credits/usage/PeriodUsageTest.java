package ai.mavster.credits.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The billing period at a glance. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PeriodUsageTest {

    @Inject
    MovableClock clock;

    @Inject
    RefusedDebits refused;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private void at(String instant) {
        clock.stopAt(Instant.parse(instant));
    }

    private static Reply usage(Customer customer) {
        return Customer.get(customer.path("/usage")).is(200);
    }

    /** The period starts in the middle of an hour, with debits on either side of it. */
    @Test
    void whatWasUsedIsExactToTheInstant() {
        at("2028-05-10T10:00:00Z");
        Customer customer = Customer.on("basic");
        at("2028-05-10T10:14:59.999999Z");
        String before = customer.debit("100", ", 'action': 'tap'").at("id");
        at("2028-05-10T10:15:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'anchor': '2028-05-10T10:15:00Z'}")
                .is(200);
        assertThat(usage(customer).all("credits/used", "credits/percentage_used"))
                .isEqualTo("0 0");
        customer.debit("30", ", 'action': 'tap'").is(201);
        at("2028-05-10T10:20:00Z");
        customer.debit("20", ", 'action': 'scroll'").is(201);
        customer.debit("0.5").is(201);
        customer.reverse(before, "{'credits': 5, 'reason': 'R'}").is(201);
        customer.topUp("500").is(201);
        customer.grant("70", ", 'expires_at': '2028-05-10T11:00:00Z'").is(201);
        at("2028-05-10T12:00:00Z");
        customer.topUp("1").is(201);

        Reply usage = usage(customer);
        assertThat(usage.all("billing_period/start", "billing_period/end"))
                .isEqualTo("2028-05-10T10:15:00Z 2028-06-10T10:15:00Z");
        assertThat(usage.all("credits/used", "credits/included", "credits/remaining", "credits/percentage_used"))
                .isEqualTo("45.5 3000 3355.5 1.51");
        assertThat(usage.at("from")).isEqualTo("2028-05-10T10:15:00Z");
        assertThat(usage.rows("by_action", "action", "credits", "debits", "reversed"))
                .containsExactly("tap 25 1 5", "scroll 20 1 0", "null 0.5 1 0");
        assertThat(usage.all("api_requests/count", "api_requests/errors")).isEqualTo("3 0");
    }

    /** Expired credits that nobody has taken off the books yet are no usage either. */
    @Test
    void whatExpiresIsNotUsed() {
        at("2028-05-10T10:00:00Z");
        Customer customer = Customer.on("basic");
        customer.grant("70", ", 'expires_at': '2028-05-10T11:00:00Z'").is(201);
        customer.debit("10").is(201);
        at("2028-05-10T11:00:00Z");

        assertThat(usage(customer).all("credits/used", "credits/remaining")).isEqualTo("10 3000");
    }

    @Test
    void whatIsTakenBackIsNotUsed() {
        at("2028-05-10T10:00:00Z");
        Customer customer = Customer.on("basic");
        String topUp = customer.topUp("70").at("id");
        customer.debit("10", ", 'action': 'tap'").is(201);
        customer.takeBack(topUp, "{'credits': 30, 'reason': 'R'}").is(201);
        customer.adjust("-5").is(201);
        customer.adjust("2").is(201);

        Reply usage = usage(customer);
        assertThat(usage.all("credits/used", "credits/remaining")).isEqualTo("10 3027");
        assertThat(usage.rows("by_action", "action", "credits", "debits", "reversed"))
                .containsExactly("tap 10 1 0");
    }

    @Test
    void withoutAPeriodItIsTheLastThirtyDays() {
        at("2028-05-10T10:30:00Z");
        Customer customer = Customer.create();
        assertThat(usage(customer)
                        .all(
                                "billing_period",
                                "credits/used",
                                "credits/included",
                                "credits/remaining",
                                "credits/percentage_used",
                                "from",
                                "by_action"))
                .isEqualTo("null 0 null 0 null 2028-04-10T00:00:00Z []");

        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.debit("7").is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'canceled'}").is(200);
        assertThat(usage(customer).all("billing_period/start", "credits/used")).isEqualTo("2028-05-10T10:30:00Z 7");
        at("2028-06-10T10:30:00Z");
        assertThat(usage(customer).all("billing_period", "credits/used")).isEqualTo("null 0");
        at("2028-06-09T23:59:59Z");
        assertThat(usage(customer).all("billing_period/start", "credits/used")).isEqualTo("2028-05-10T10:30:00Z 7");
    }

    @Test
    void thePercentageIsOfTheAllotment() {
        assertThat(percentage("0", "3000")).isEqualTo("0");
        assertThat(percentage("-5", "10")).isEqualTo("0");
        assertThat(percentage("3000", "3000")).isEqualTo("100");
        assertThat(percentage("2999.999999", "3000")).isEqualTo("99.99");
        assertThat(percentage("1", "3")).isEqualTo("33.33");
        assertThat(percentage("9000", "3000")).isEqualTo("300");
        assertThat(PeriodUsage.percentage(Credits.of(1), null)).isNull();
        assertThat(PeriodUsage.percentage(Credits.of(1), Credits.ZERO)).isNull();
    }

    private static String percentage(String used, String included) {
        return PeriodUsage.percentage(Credits.parse(used), Credits.parse(included))
                .toPlainString();
    }

    /** A top-up is no allotment; and what remains can be spent only while the subscription is active. */
    @Test
    void aTopUpChangesNothingOfThePercentageAndWhatRemainsMayNotBeSpendable() {
        Customer customer = Customer.on("basic");
        customer.topUp("6000").is(201);
        customer.debit("2766").is(201);
        String[] figures = {
            "credits/used", "credits/included", "credits/remaining", "credits/spendable", "credits/percentage_used"
        };
        assertThat(usage(customer).all(figures)).isEqualTo("2766 3000 6234 6234 92.2");
        assertThat(usage(customer).all("limits/allotment", "limits/cap", "auto_recharge/enabled"))
                .isEqualTo("3000 4500 false");

        customer.debit("3234").is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);
        assertThat(usage(customer).all(figures)).isEqualTo("6000 3000 3000 0 200");
    }

    /** What the period was granted for, also when the plan has been another one since. */
    @Test
    void theAllotmentIsThePeriods() {
        Customer customer = Customer.on("basic");
        customer.debit("1500").is(201);
        customer.subscribe("{'plan': 'pro', 'status': 'active'}").is(200);
        assertThat(usage(customer).all("credits/included", "credits/percentage_used", "limits/allotment"))
                .isEqualTo("3000 50 20000");

        customer.subscribe("{'plan': 'pro', 'status': 'active', 'plan_change': 'immediate_difference'}")
                .is(200);
        assertThat(usage(customer).all("credits/included", "credits/percentage_used"))
                .isEqualTo("20000 7.5");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        assertThat(usage(customer).all("credits/included", "limits/allotment")).isEqualTo("20000 3000");
    }

    /** Only what is asked for is counted: a repeat is none, nor is a preflight. A refusal counts each time. */
    @Test
    void requestsAndErrorsAreCounted() {
        at("2028-05-10T10:05:00Z");
        Customer customer = Customer.on("basic");
        customer.debit("1", ", 'action': 'tap'").is(201);
        String key = Customer.newKey();
        for (int i = 0; i < 2; i++) {
            Customer.post(customer.path("/debits"), key, "{'action': 'GET:/personas'}")
                    .is(201);
            Customer.post(customer.path("/debits"), key + "-refused", "{'credits': 4000}")
                    .is(402);
            refused.write();
        }
        Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': 4000}")
                .is(200);
        customer.topUp("1").is(201);

        requestsComeTo(customer, "2 2");
        at("2028-06-10T10:05:00Z");
        Customer.renew("2028-06-10T10:05:00Z");
        assertThat(usage(customer).all("api_requests/count", "api_requests/errors"))
                .isEqualTo("0 0");
        customer.debit("100000").is(402);
        requestsComeTo(customer, "0 1");
    }

    /** A refusal is counted once its batch is answered. */
    private void requestsComeTo(Customer customer, String expected) {
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> {
                    refused.write();
                    return usage(customer)
                            .all("api_requests/count", "api_requests/errors")
                            .equals(expected);
                },
                () -> "there are " + expected + " requests and errors");
    }
}
