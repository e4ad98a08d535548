package ai.mavster.credits.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Rows;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.IdleAccounts;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who was refused is told once when they need not be any more, whatever the cause. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AvailableAgainTest {

    @Inject
    MovableClock clock;

    @Inject
    IdleAccounts idle;

    @Inject
    AgroalDataSource database;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static List<String> told(Customer customer) {
        return Customer.get("/v1/events?types=credits.available_again&account_id=" + customer.id)
                .is(200)
                .rows("data", "data/scope", "data/reason", "data/required", "data/spendable");
    }

    @Test
    void aTopUpThatIsEnoughIsToldOnce() {
        Customer customer = Customer.having("10");
        customer.topUp("1").is(201);
        assertThat(told(customer)).isEmpty();

        customer.debit("100").is(402);
        customer.debit("50").is(402);
        customer.debit("70").is(402);
        customer.topUp("38.999999").is(201);
        assertThat(told(customer)).isEmpty();
        customer.topUp("0.000001").is(201);
        customer.topUp("1").is(201);
        assertThat(told(customer)).containsExactly("account insufficient_credits 50 50");
        assertThat(customer.proof().at("balanced")).isEqualTo("true");

        customer.debit("52").is(402);
        customer.grant("1", "").is(201);
        assertThat(told(customer)).hasSize(2).startsWith("account insufficient_credits 52 52");
    }

    @Test
    void aRepeatedRefusalWritesNothing() {
        Customer customer = Customer.having("10");
        customer.debit("50").is(402);
        String before = Rows.digests(database).get("waiting");

        customer.debit("50").is(402);
        customer.debit("51").is(402);
        assertThat(Rows.digests(database).get("waiting")).isEqualTo(before);
        customer.debit("49").is(402);
        assertThat(Rows.digests(database).get("waiting")).isNotEqualTo(before);
    }

    @Test
    void aReversalARunThatEndsAndARenewalAreToldOf() {
        Customer customer = Customer.having("100");
        String debit = customer.debit("50").is(201).at("id");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 50}")
                .is(201);

        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 's', 'estimate': 20, 'hold': 20}")
                .is(402);
        Customer.post(customer.path("/runs/r/finish"), "{'status': 'success'}").is(200);
        customer.debit("60").is(402);
        customer.reverse(debit, "{'credits': 10, 'reason': 'R'}").is(201);
        customer.debit("1000").is(402);
        Customer.renew(customer.balance().at("next_grant/at"));
        assertThat(told(customer))
                .containsExactly(
                        "account insufficient_credits 1000 3060",
                        "account insufficient_credits 60 60",
                        "account insufficient_credits 20 50");
    }

    @Test
    void aSubscriptionThatIsActiveAgainIsToldOf() {
        Customer customer = Customer.having("40");
        customer.subscribe("{'status': 'paused'}").is(200);
        customer.debit("30").is(402, "subscription_required");
        customer.topUp("1").is(201);
        assertThat(told(customer)).isEmpty();

        customer.subscribe("{'status': 'active'}").is(200);
        assertThat(told(customer)).hasSize(1);
        assertThat(told(customer).get(0))
                .startsWith("account subscription_required ")
                .endsWith(" 41");
    }

    @Test
    void aBudgetThatIsRaisedAndOneWhoseWindowTurnsAreToldOf() {
        Customer customer = Customer.having("100");
        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 4, 'window': 'day'}")
                .is(201);
        customer.debit("5", ", 'project_id': 'p'").is(402, "budget_exceeded");
        customer.topUp("1").is(201);
        assertThat(told(customer)).isEmpty();

        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 5}").is(200);
        assertThat(told(customer)).containsExactly("project budget_exceeded 5 5");
        customer.debit("5", ", 'project_id': 'p'").is(201);
        customer.debit("3", ", 'project_id': 'p'").is(402, "budget_exceeded");
        clock.moveBy(Duration.ofDays(1));
        idle.settle();
        assertThat(told(customer)).hasSize(2).startsWith("project budget_exceeded 3 5");
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }

    /** Nobody asks for anything: the job that ends the hold finds it. */
    @Test
    void aHoldThatExpiresIsToldOf() {
        Customer customer = Customer.having("40");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': 40, 'hold_expires_in': 'PT1M'}")
                .is(201);
        customer.debit("40").is(402);

        clock.moveBy(Duration.ofMinutes(2));
        idle.settle();
        assertThat(told(customer)).containsExactly("account insufficient_credits 40 40");
    }

    /** What a hold has for it need not be free. */
    @Test
    void ofARunWhatItsHoldHasIsNotNeeded() {
        Customer customer = Customer.having("20");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 20}")
                .is(201);
        Customer.post(customer.path("/runs/r/debits"), Customer.newKey(), "{'credits': 25}")
                .is(402);

        customer.topUp("4").is(201);
        assertThat(told(customer)).isEmpty();
        customer.topUp("1").is(201);
        assertThat(told(customer)).containsExactly("account insufficient_credits 5 5");
    }

    @Test
    void preflightsAndQueuedRunsAreNoRefusals() {
        Customer customer = Customer.having("10");
        Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': 50}")
                .is(200);
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': 50, 'when_refused': 'queue'}")
                .is(202);

        customer.topUp("100").is(201);
        assertThat(told(customer)).isEmpty();
    }

    @Test
    void ofAClosedAccountNothingIsTold() {
        Customer customer = Customer.having("10");
        customer.debit("50").is(402);

        customer.close("").is(200);
        assertThat(told(customer)).isEmpty();
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }
}
