package ai.mavster.credits.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The end of an account, over HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ClosingTest {

    @Test
    void whatGoesOnEndsAndTheBalanceIsKept() {
        Customer customer = Customer.having("0");
        customer.topUp("100").is(201);
        start(customer, "held", "'hold': 40, 'estimate': [{'action': '/mave/chat', 'quantity': 2}]");
        start(customer, "below", "'parent_run_id': 'held', 'project_id': 'p'");
        start(customer, "bare", "'test_id': 't'");
        Customer.post(customer.path("/runs/below/debits"), Customer.newKey(), "{'credits': 5, 'action': '/mave/chat'}")
                .is(201);
        Customer.post(customer.path("/runs/bare/debits"), Customer.newKey(), "{'credits': 3, 'action': 'tap'}")
                .is(201);

        Reply closed = customer.close("").is(200);

        assertThat(closed.at("closed_at")).isNotNull();
        assertThat(closed.all("balance", "held", "available", "next_grant")).isEqualTo("92 0 92 null");
        assertThat(closed.at("subscription/status")).isEqualTo("canceled");
        assertThat(customer.balance().all("balance", "spendable", "blocked_by", "subscription_status"))
                .isEqualTo("92 0 account_closed canceled");
        for (String run : List.of("held", "below", "bare")) {
            assertThat(Customer.get(customer.path("/runs/" + run)).is(200).at("status"))
                    .isEqualTo("canceled");
        }
        assertThat(Customer.get(customer.path("/runs/held")).is(200).all("spent", "nested_spent", "hold/remaining"))
                .isEqualTo("0 5 0");
        assertThat(Customer.get(customer.path("/subscription/changes"))
                        .rows("data", "kind", "previous_status", "status"))
                .startsWith("closed active canceled");
        assertThat(customer.proof().all("balanced", "chain_intact", "failures")).isEqualTo("true true []");
    }

    private static void start(Customer customer, String runId, String more) {
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': '" + runId + "', " + more + "}")
                .is(201);
    }

    @Test
    void theBalanceIsVoidedIfAsked() {
        Customer customer = Customer.on("basic");
        customer.topUp("100").is(201);
        start(customer, "r", "'hold': 3050");

        assertThat(customer.close("?balance=void").is(200).all("balance", "held"))
                .isEqualTo("0 0");
        assertThat(customer.entries("?kind=void").rows("data", "credits")).containsExactly("-100", "-3000");
        assertThat(Customer.get(customer.path("/usage")).is(200).at("credits/used"))
                .isEqualTo("0");
        assertThat(customer.proof().all("balanced", "chain_intact", "failures")).isEqualTo("true true []");
    }

    @Test
    void aRepeatChangesNothingButMayVoidWhatWasKept() {
        Customer customer = Customer.having("70");
        Reply closed = customer.close("?balance=keep").is(200);

        assertThat(customer.close("").is(200).all("balance", "closed_at")).isEqualTo("70 " + closed.at("closed_at"));
        assertThat(customer.close("?balance=void").is(200).all("balance", "closed_at"))
                .isEqualTo("0 " + closed.at("closed_at"));
        assertThat(customer.close("?balance=void").is(200).at("balance")).isEqualTo("0");
        assertThat(customer.entries("?kind=void").rows("data", "credits")).containsExactly("-70");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void whoRepeatsWhatWasDoneBeforeGetsTheFirstAnswer() {
        Customer customer = Customer.having("70");
        String debit = "{'credits': 5}";
        Reply first = Customer.post(customer.path("/debits"), "first", debit).is(201);
        Reply run = Customer.post(customer.path("/runs"), "run", "{'run_id': 'r', 'hold': 1}")
                .is(201);
        customer.close("").is(200);

        assertThat(Customer.post(customer.path("/debits"), "first", debit)
                        .is(201)
                        .json())
                .isEqualTo(first.json());
        assertThat(Customer.post(customer.path("/runs"), "run", "{'run_id': 'r', 'hold': 1}")
                        .is(201)
                        .at("run_id"))
                .isEqualTo(run.at("run_id"));
        Customer.post(customer.path("/debits"), "second", debit).is(409, "account_closed");
    }

    @Test
    void askedBeforeARunItSaysSo() {
        Customer customer = Customer.having("70");
        customer.close("").is(200);

        Reply preflight = Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': 1}")
                .is(200);
        assertThat(preflight.all("outcome", "available", "problem/code", "problem/status"))
                .isEqualTo("account_closed 70 account_closed 409");
        Reply bulk = Customer.post(
                        "/v1/debits",
                        "{'debits': [{'account_id': '%s', 'idempotency_key': 'k', 'credits': 1}]}"
                                .formatted(customer.id))
                .is(200);
        assertThat(bulk.all("results/0/status", "results/0/problem/code")).isEqualTo("409 account_closed");
    }

    /** On its own clock, with months that were not renewed yet. */
    @Test
    void nothingIsGrantedAnyMore() {
        Customer customer = Customer.onTestClock("2028-01-10T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.close("").is(200);

        Customer.post(customer.path("/test-clock/advance"), "{'to': '2028-03-10T00:00:00Z'}")
                .is(409, "account_closed");
        assertThat(customer.balance().all("balance", "next_grant")).isEqualTo("3000 null");
        customer.subscribe("{'plan': 'pro', 'status': 'active'}").is(409, "account_closed");
        Customer.put(customer.path(""), "{}").is(409, "account_closed");
        Customer.put(customer.path(""), "{'name': 'Again', 'test_clock': '2028-01-10T00:00:00Z'}")
                .is(409, "account_closed");
        assertThat(Customer.get(customer.path("")).is(200).at("name")).isNull();
    }

    /** Whatever was first: what was posted before stands, and nothing is posted after. */
    @Test
    void debitsAtTheSameTimeComeBeforeOrNotAtAll() {
        for (int round = 0; round < 5; round++) {
            Customer customer = Customer.having("1000");
            List<Integer> statuses = IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(i -> i == 17
                            ? customer.close("").status()
                            : customer.debit("1").status())
                    .toList();

            assertThat(statuses).containsOnly(200, 201, 409);
            long debited = statuses.stream().filter(status -> status == 201).count();
            assertThat(customer.balance().at("balance")).isEqualTo(String.valueOf(1000 - debited));
            assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
        }
    }
}
