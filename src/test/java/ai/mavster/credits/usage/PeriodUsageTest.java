package ai.mavster.credits.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The billing period at a glance. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PeriodUsageTest {

    @Inject
    MovableClock clock;

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
                .isEqualTo("45.5 3000 3355.5 1.33");
        assertThat(usage.at("from")).isEqualTo("2028-05-10T10:00:00Z");
        assertThat(usage.rows("by_action", "action", "credits", "debits", "reversed"))
                .containsExactly("tap 125 2 5", "scroll 20 1 0", "null 0.5 1 0");
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
                .isEqualTo("null 0 null 0 0 2028-04-10T00:00:00Z []");

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
    void thePercentageIsOfWhatThereWas() {
        assertThat(percentage("0", "0")).isEqualTo("0");
        assertThat(percentage("-5", "10")).isEqualTo("0");
        assertThat(percentage("3000", "0")).isEqualTo("100");
        assertThat(percentage("2999.999999", "0.000001")).isEqualTo("99.99");
        assertThat(percentage("1", "2")).isEqualTo("33.33");
        assertThat(percentage("10", "90")).isEqualTo("10");
    }

    private static String percentage(String used, String remaining) {
        return PeriodUsage.percentage(Credits.parse(used), Credits.parse(remaining))
                .toPlainString();
    }
}
