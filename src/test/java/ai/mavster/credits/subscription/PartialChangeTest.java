package ai.mavster.credits.subscription;

import static ai.mavster.credits.subscription.PlanCalls.FEBRUARY;
import static ai.mavster.credits.subscription.PlanCalls.JANUARY;
import static ai.mavster.credits.subscription.PlanCalls.makePlans;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A change says what changes: all else of a subscription stays as it is. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PartialChangeTest {

    private static final String[] ALL = {
        "plan",
        "monthly_credits",
        "next_plan",
        "status",
        "status_since",
        "anchor",
        "time_zone",
        "current_period/index",
        "cancel_at_period_end",
        "updated_at"
    };

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
    void onlyTheFirstNeedsAPlan() {
        Customer customer = Customer.create();

        for (String body : new String[] {"{}", "{'status': 'active'}", "{'monthly_credits': 5}"}) {
            Reply refused = customer.subscribe(body).is(400, "invalid_request");
            assertThat(refused.rows("errors", "field")).containsExactly("plan");
        }
        Customer.get(customer.path("/subscription")).is(404, "subscription_not_found");
        Reply first = customer.subscribe("{'plan': 'basic'}").is(200);

        assertThat(first.all("plan", "status", "cancel_at_period_end", "time_zone"))
                .isEqualTo("basic active false UTC");
        assertThat(PlanCalls.balance(customer)).isEqualTo("3000");
    }

    @Test
    void whatIsNotSaidStays() {
        Customer customer = Customer.create();
        customer.subscribe(
                        "{'plan': 'pro', 'status': 'trialing', 'monthly_credits': 25000, 'time_zone': 'Asia/Kolkata',"
                                + " 'anchor': '2026-12-31T00:00:00Z', 'cancel_at_period_end': true}")
                .is(200);
        Reply before = customer.subscribe("{'plan': 'ultra', 'plan_effective': 'renewal'}")
                .is(200);
        clock.stopAt(clock.instant().plus(Duration.ofDays(1)));

        Reply after = customer.subscribe("{}").is(200);

        assertThat(before.all(ALL))
                .isEqualTo("pro 25000 ultra trialing 2027-01-10T00:00:00Z 2026-12-31T00:00:00Z Asia/Kolkata 0 true"
                        + " 2027-01-10T00:00:00Z");
        assertThat(after.all(ALL)).isEqualTo(before.all(ALL));
        assertThat(after.eTag()).isEqualTo(before.eTag());
        assertThat(customer.subscribe("{'monthly_credits': null}").is(200).all("plan", "monthly_credits", "next_plan"))
                .isEqualTo("pro null ultra");
        assertThat(customer.subscribe("{'reason': 'Nothing'}").is(200).at("status"))
                .isEqualTo("trialing");
        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "kind"))
                .containsExactly("changed", "changed", "subscribed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "status", "anchor", "time_zone", "cancel_at_period_end"})
    void nullIsNoWayToLeaveAFieldOut(String field) {
        Customer customer = Customer.on("basic");

        Reply refused = customer.subscribe("{'" + field + "': null}").is(400, "invalid_request");

        assertThat(refused.rows("errors", "field")).containsExactly(field);
    }

    /** It says that a payment has failed, and then that it was made: nothing of the cancellation. */
    @Test
    void aDunningCallLeavesTheCancellation() {
        Customer customer = Customer.on("basic");
        customer.subscribe("{'cancel_at_period_end': true, 'reason': 'Customer'}")
                .is(200);
        clock.stopAt(clock.instant().plus(Duration.ofDays(2)));

        Reply pastDue = customer.subscribe("{'status': 'past_due'}").is(200);
        Reply paid = customer.subscribe("{'status': 'active'}").is(200);

        assertThat(pastDue.all("status", "cancel_at_period_end")).isEqualTo("past_due true");
        assertThat(paid.all("status", "cancel_at_period_end")).isEqualTo("active true");
        clock.stopAt(FEBRUARY);
        assertThat(customer.subscription().at("status")).isEqualTo("canceled");
        assertThat(customer.balance().at("balance")).isEqualTo("3000");
    }

    /** It ends when what is paid for does, and the job ends it. */
    @ParameterizedTest
    @ValueSource(strings = {"past_due", "paused"})
    void whatDoesNotRunEndsAllTheSame(String status) {
        Customer customer = Customer.on("basic");
        customer.subscribe("{'status': '" + status + "', 'cancel_at_period_end': true}")
                .is(200);
        clock.stopAt(FEBRUARY.minusSeconds(1));
        assertThat(customer.subscription().at("status")).isEqualTo(status);
        clock.stopAt(FEBRUARY);
        assertThat(customer.subscription().at("status")).isEqualTo("canceled");

        Customer.renew(FEBRUARY.toString());

        Reply changes = Customer.get(customer.path("/subscription/changes"));
        assertThat(changes.rows("data", "kind", "previous_status", "status"))
                .startsWith("ended " + status + " canceled");
        assertThat(customer.subscription().all("status", "status_since", "cancel_at_period_end"))
                .isEqualTo("canceled 2027-02-10T00:00:00Z false");
        assertThat(customer.subscribe("{'status': 'active'}").is(200).all("status", "cancel_at_period_end"))
                .isEqualTo("active false");
    }

    /** A year is paid for: what is paused in it ends with the year, and is not due before. */
    @Test
    void whatIsPausedInItsYearEndsWithTheYear() {
        Customer customer = Customer.on("life-yearly");
        customer.subscribe("{'status': 'paused', 'cancel_at_period_end': true}").is(200);
        Instant nextYear = Instant.parse("2028-01-10T00:00:00Z");
        clock.stopAt(nextYear.minusSeconds(1));

        Customer.renew(clock.instant().toString());

        assertThat(customer.subscription().at("status")).isEqualTo("paused");
        clock.stopAt(nextYear);
        assertThat(customer.subscription().at("status")).isEqualTo("canceled");
        customer.subscribe("{'status': 'active'}").is(200);
        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "kind"))
                .containsExactly("changed", "ended", "changed", "subscribed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '{"monthly_credits": 0}'                     | monthly_credits
            '{"plan": "a b"}'                            | plan
            '{"status": "asleep"}'                       | status
            '{"cancel_at_period_end": "yes"}'            | cancel_at_period_end
            '{"anchor": "2999-01-01T00:00:00Z"}'         | anchor
            '{"time_zone": "Mars/Olympus"}'              | time_zone
            """)
    void whatIsSaidIsChecked(String body, String field) {
        Reply refused = Customer.on("basic").subscribe(body).is(400, "invalid_request");

        assertThat(refused.rows("errors", "field")).containsExactly(field);
    }
}
