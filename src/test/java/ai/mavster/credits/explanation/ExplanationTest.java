package ai.mavster.credits.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why was I charged? */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExplanationTest {

    private static final String AT = "2026-11-21T18:39:00Z";

    private Customer customer;

    @BeforeEach
    void makeACustomer() {
        customer = Customer.onTestClock(AT);
    }

    private Reply explain(String postingId) {
        return Customer.get(customer.path("/postings/" + postingId)).is(200);
    }

    @Test
    void aDebitIsToldWithAllThatLedToIt() {
        String action = "explained-" + UUID.randomUUID();
        Customer.put("/v1/rate-card", "{'rates': [{'action': '" + action + "', 'unit': 'step', 'credits': 2}]}")
                .is(200);
        Customer late = Customer.onTestClock("2090-01-01T00:00:00Z");
        late.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        late.grant("5", ", 'expires_at': '2090-01-30T00:00:00Z'").is(201);
        start(late, "above", "'hold': 10");
        start(late, "below", "'parent_run_id': 'above', 'test_id': 'guest-can-pay', 'estimate': 12");
        String debit = Customer.post(
                        late.path("/runs/below/debits"),
                        Customer.newKey(),
                        "{'action': '" + action + "', 'quantity': 6}")
                .is(201)
                .at("id");
        String reversal = late.reverse(debit, "{'credits': 3, 'reason': 'a step too many'}")
                .at("id");

        Reply told = Customer.get(late.path("/postings/" + debit)).is(200);

        assertThat(told.all("posting/id", "posting/credits", "captured", "reversed"))
                .isEqualTo(debit + " -12 10 3");
        assertThat(told.all("price/action", "price/unit", "price/min", "price/max", "price/quantity", "price/outside"))
                .isEqualTo(action + " step 2 2 6 false");
        assertThat(told.rows("runs", "run_id", "estimated")).containsExactly("below 12", "above null");
        assertThat(told.all("runs/1/hold/amount", "runs/1/hold/captured")).isEqualTo("10 10");
        assertThat(told.rows("grants", "kind", "credits", "expires_at", "seq"))
                .containsExactly("promotional -5 2090-01-30T00:00:00Z 3", "monthly -7 null 4");
        assertThat(told.rows("reversals", "id", "credits", "note")).containsExactly(reversal + " 3 a step too many");
        assertThat(told.at("explanation"))
                .startsWith("12 credits were charged at 2090-01-01T00:00:00Z for 6 × " + action
                        + ", 2 credits a step by the rate card of ")
                .endsWith(", of run below, test guest-can-pay. Taken from promotional credits that expire on"
                        + " 2090-01-30 (5), then monthly credits (7). 10 credits were reserved by a hold before."
                        + " 3 credits were given back since. The balance was 2993 afterwards.");
        Reply reversed = Customer.get(late.path("/postings/" + reversal)).is(200);
        assertThat(reversed.at("reverses/id")).isEqualTo(debit);
        assertThat(reversed.at("explanation"))
                .isEqualTo(
                        "3 credits were given back of " + debit
                                + " at 2090-01-01T00:00:00Z: a step too many. Given back to monthly credits. The balance was 2996 afterwards.");
    }

    private static void start(Customer customer, String runId, String more) {
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': '" + runId + "', " + more + "}")
                .is(201);
    }

    @Test
    void theBudgetsThatHaveCountedItAreNamed() {
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        String purpose = ", 'project_id': 'p', 'workspace_id': 'w'";
        String before = customer.debit("5", purpose).at("id");
        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 100}")
                .is(201);
        Customer.put(customer.path("/budgets/project/q"), "{'usage_limit': 100}")
                .is(201);
        Customer.put(customer.path("/budgets/workspace/w"), "{'window': 'day'}").is(201);
        Customer.put(customer.path("/budgets/account/" + customer.id), "{'window': 'month'}")
                .is(201);
        String debit = customer.debit("5", purpose).at("id");
        customer.advance("2026-11-22T00:00:00Z").is(200);
        String reversal = customer.reverse(debit, "{'reason': 'R'}").at("id");
        customer.debit("1", purpose).is(201);

        for (String posting : new String[] {before, debit, reversal}) {
            assertThat(explain(posting).rows("budgets", "scope", "scope_id", "window_start"))
                    .containsExactly(
                            "account " + customer.id + " 2026-11-01T00:00:00Z",
                            "workspace w 2026-11-21T00:00:00Z",
                            "project p " + AT);
        }
        assertThat(explain(customer.topUp("5").at("id")).rows("budgets", "scope"))
                .isEmpty();
        assertThat(explain(customer.debit("5").at("id")).rows("budgets", "scope"))
                .containsExactly("account");
    }

    @Test
    void itStandsInTheChainOfHashes() {
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        String topUp = customer.topUp("5").at("id");
        String free = Customer.post(customer.path("/debits"), Customer.newKey(), "{'action': 'keyboard'}")
                .at("id");
        String debit = customer.debit("3002").at("id");
        Reply entries = customer.entries("?limit=4");

        assertThat(explain(topUp).all("chain/first_seq", "chain/entries", "chain/hash", "chain/previous_hash"))
                .isEqualTo("2 1 " + entries.all("data/2/hash", "data/3/hash"));
        assertThat(explain(debit).all("chain/first_seq", "chain/entries", "chain/hash", "chain/previous_hash"))
                .isEqualTo("3 2 " + entries.all("data/0/hash", "data/2/hash"));
        Reply aside = explain(free);
        assertThat(aside.all("chain/first_seq", "chain/entries", "chain/previous_hash"))
                .isEqualTo("3 0 " + entries.at("data/2/hash"));
        assertThat(aside.at("chain/hash")).matches("[0-9a-f]{64}").isNotEqualTo(entries.at("data/0/hash"));
        assertThat(aside.at("explanation"))
                .startsWith("Nothing was charged at " + AT
                        + " for keyboard, 0 credits a step by the rate card of 1970-01-01.");
        String monthly = entries.at("data/3/posting_id");
        assertThat(explain(monthly).at("chain/previous_hash")).isEqualTo("0".repeat(64));
        assertThat(explain(monthly).at("explanation"))
                .isEqualTo("3000 credits were granted for the month at " + AT
                        + ". Never expires. The balance was 3000 afterwards.");
    }

    @Test
    void whatDoesNotFitTheRateCardIsSaid() {
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        String outside = customer.debit("99", ", 'action': '/responses'").at("id");
        String unknown = customer.debit("1", ", 'action': 'no-such-action'").at("id");
        String all =
                customer.debit("5000", ", 'on_insufficient': 'take_available'").at("id");

        assertThat(explain(outside).at("explanation"))
                .contains(
                        " for /responses, which was 1 to 5 credits a request by the rate card of 1970-01-01, and is not what was asked for.");
        assertThat(explain(unknown).all("price", "explanation"))
                .startsWith("null 1 credit was charged at " + AT
                        + " for no-such-action, which had no price on the rate card. Taken from monthly credits.");
        assertThat(explain(all).at("explanation"))
                .startsWith(
                        "2900 credits were charged, of the 5000 that were asked for, since no more could be spent at");
    }

    @Test
    void whatWasTakenBackIsNoCharge() {
        String topUp = customer.topUp("5").at("id");
        String voided = Customer.post(
                        customer.path("/grants/" + topUp + "/void"),
                        Customer.newKey(),
                        "{'credits': 2, 'reason': 'refunded'}")
                .is(201)
                .at("id");
        String adjusted = Customer.post(
                        customer.path("/grants"),
                        Customer.newKey(),
                        "{'credits': -1, 'kind': 'adjustment', 'reason': 'counted twice'}")
                .is(201)
                .at("id");

        assertThat(explain(voided).all("posting/kind", "posting/credits", "explanation"))
                .isEqualTo("void -2 2 credits were taken back at " + AT
                        + ": refunded. Taken from top-ups. The balance was 3 afterwards.");
        assertThat(explain(adjusted).all("posting/kind", "posting/credits", "explanation"))
                .isEqualTo("adjustment -1 1 credit was taken back as an adjustment at " + AT
                        + ": counted twice. Taken from top-ups. The balance was 2 afterwards.");
    }

    @Test
    void anIdOfAnotherKindIsNone() {
        String topUp = String.valueOf(customer.topUp("5").at("id"));
        Customer.get(customer.path("/postings/" + topUp.replace("grant_", "debit_")))
                .is(404, "posting_not_found");
        Customer.get(customer.path("/postings/grant_" + UUID.randomUUID())).is(404, "posting_not_found");
        Customer other = Customer.create();
        Customer.get(other.path("/postings/" + topUp)).is(404, "posting_not_found");
    }
}
