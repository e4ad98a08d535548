package ai.mavster.credits.run.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a 402 advises fits why it was refused: in words, by its link, and for a program. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WayOutTest {

    /** An account of this status and balance, of which runs hold so much. */
    private static Customer customer(String status, String balance, String held) {
        Customer customer = status == null ? Customer.create() : Customer.having(balance);
        if (status == null && !balance.equals("0")) {
            customer.topUp(balance).is(201);
        }
        if (!held.equals("0")) {
            Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': " + held + "}")
                    .is(201);
        }
        if (status != null) {
            customer.subscribe("{'plan': 'basic', 'status': '" + status + "'}").is(200);
        }
        return customer;
    }

    private static Reply preflight(Customer customer, String more) {
        return Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "'" + more + "}")
                .is(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status, balance, held, required | label, path, retryable after | detail
            active   | 3.5 | 0   | 12   | Top up credits | top-up | top_up | This needs 12 credits; 3.5 are available. Top up to go on.
            active   | 1   | 0   | 12   | Top up credits | top-up | top_up | This needs 12 credits; 1 is available. Top up to go on.
            active   | 0   | 0   | 1    | Top up credits | top-up | top_up | This needs 1 credit; 0 are available. Top up to go on.
            active   | 0   | 0   |      | Top up credits | top-up | top_up | No credits are available. Top up to go on.
            trialing | 3.5 | 0   | 12   | Top up credits | top-up | top_up | This needs 12 credits; 3.5 are available. Top up to go on.
            active   | 20  | 15  | 20.1 | Top up credits | top-up | top_up | This needs 20.1 credits; 5 are available; runs hold 15 more. Top up to go on.
            active   | 20  | 15  | 20   | See the runs | runs | hold | This needs 20 credits; 5 are available; runs hold 15 more. Wait for runs to end, or end those that need theirs no longer.
            active   | 20  | 20  | 0.5  | See the runs | runs | hold | This needs 0.5 credits; 0 are available; runs hold 20 more. Wait for runs to end, or end those that need theirs no longer.
            active   | 20  | 20  |      | See the runs | runs | hold | No credits are available: runs hold all there are, 20 credits. Wait for runs to end, or end those that need theirs no longer.
            past_due | 20  | 0   | 1    | Settle the payment | payment | subscription | The subscription is past due; credits can be spent again once its payment is settled. The balance of 20 credits is kept. Settle the payment to go on.
            past_due | 0   | 0   |      | Settle the payment | payment | subscription | The subscription is past due; credits can be spent again once its payment is settled. Settle the payment to go on.
            paused   | 20  | 15  | 30   | Resume the subscription | subscription | subscription | The subscription is paused; credits can be spent again once it is resumed. The balance of 20 credits is kept. Resume it to go on.
            canceled | 1   | 0   | 2    | Pick a plan | plans | subscription | The subscription is canceled; credits can be spent again once there is a new one. The balance of 1 credit is kept. Pick a plan to go on.
                     | 20  | 0   | 1    | Pick a plan | plans | subscription | There is no subscription, and credits are spent only under one. The balance of 20 credits is kept. Pick a plan to go on.
                     | 0   | 0   |      | Pick a plan | plans | subscription | There is no subscription, and credits are spent only under one. Pick a plan to go on.
            """)
    void itFitsTheCause(
            String status,
            String balance,
            String held,
            String required,
            String label,
            String path,
            String retryableAfter,
            String detail) {
        Customer customer = customer(status, balance, held);

        Reply preflight = preflight(customer, required == null ? "" : ", 'credits': " + required);

        assertThat(preflight.all("problem/action/label", "problem/retryable_after", "problem/detail"))
                .isEqualTo(label + " " + retryableAfter + " " + detail);
        assertThat(preflight.at("problem/action/url"))
                .isEqualTo("http://localhost:8080/billing/" + path + "?account=" + customer.id);
        assertThat(preflight.all("required", "problem/required", "problem/balance", "problem/held"))
                .isEqualTo("%s %s %s %s".formatted(required, required, balance, held));
        assertThat(preflight.at("problem/next_grant"))
                .isEqualTo(customer.balance().at("next_grant"));
        String body = required == null ? "{}" : "{'estimate': " + required + "}";
        Reply start =
                Customer.post(customer.path("/runs"), Customer.newKey(), body).is(402);
        assertThat(start.all("detail", "required", "action/label", "retryable_after"))
                .isEqualTo("%s %s %s %s".formatted(detail, required, label, retryableAfter));
        if (required != null) {
            assertThat(customer.debit(required).is(402).json())
                    .isEqualTo(preflight.json().at("/problem"));
        }
    }

    /** What its own hold has left is the run's to spend, and nobody else's to wait for. */
    @Test
    void ofARunItLeavesOutWhatTheRunHoldsItself() {
        Customer customer = Customer.having("20");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': 5}").is(201);
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 15}")
                .is(201);

        Reply hold = Customer.post(customer.path("/runs/r/debits"), Customer.newKey(), "{'credits': 18}");
        Reply topUp = Customer.post(customer.path("/runs/r/debits"), Customer.newKey(), "{'credits': 20.5}");

        assertThat(hold.is(402).all("available", "held", "retryable_after", "detail"))
                .startsWith("15 20 hold This needs 18 credits; 15 are available; runs hold 5 more.");
        assertThat(topUp.is(402).all("available", "shortfall", "retryable_after"))
                .isEqualTo("15 5.5 top_up");
    }

    /** An extension needs credits beside what the run holds itself. */
    @Test
    void anExtensionDoesNotWaitForItsOwnHold() {
        Customer customer = Customer.having("100");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 60}")
                .is(201);
        Reply own = Customer.post(customer.path("/runs/r/hold"), Customer.newKey(), "{'credits': 50}");
        assertThat(own.is(402).all("detail", "retryable_after"))
                .isEqualTo("This needs 50 credits; 40 are available. Top up to go on. top_up");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': 30}").is(201);
        Reply others = Customer.post(customer.path("/runs/r/hold"), Customer.newKey(), "{'credits': 40}");
        assertThat(others.is(402).all("available", "held", "retryable_after")).isEqualTo("10 90 hold");
    }

    @Test
    void theNextGrantIsNullWhereNoneIsComing() {
        Customer customer = Customer.having("20");
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'cancel_at_period_end': true}")
                .is(200);
        assertThat(customer.debit("21").is(402).all("next_grant", "retryable_after"))
                .isEqualTo("null top_up");
    }

    /** A refusal is not remembered, whatever it advised: the same key succeeds once the way out was taken. */
    @Test
    void theWayOutLeadsOut() {
        Customer customer = Customer.having("20");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 15}")
                .is(201);
        String key = Customer.newKey();
        Reply blocked = Customer.post(customer.path("/debits"), key, "{'credits': 20}");
        assertThat(blocked.is(402).at("retryable_after")).isEqualTo("hold");
        Customer.post(customer.path("/runs/r/finish"), "{'status': 'success'}").is(200);
        Customer.post(customer.path("/debits"), key, "{'credits': 20}").is(201);
    }
}
