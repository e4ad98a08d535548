package ai.mavster.credits.grant;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Credits that are taken back, and adjustments below zero, over HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class VoidTest {

    @Test
    void whatIsLeftOfAGrantIsTakenBack() {
        Customer customer = Customer.having("0");
        String bought = customer.topUp("500").at("id");
        customer.topUp("20").is(201);
        customer.debit("120", ", 'action': 'tap'").is(201);

        Reply part = customer.takeBack(bought, "{'credits': 30, 'reason': 'Half of it was refunded'}")
                .is(201);
        assertThat(part.at("id")).startsWith("void_");
        assertThat(part.all("grant_id", "credits", "balance", "held", "available"))
                .isEqualTo(bought + " 30 370 0 370");
        assertThat(part.rows("entries", "grant_id", "credits")).containsExactly(bought + " -30");

        assertThat(customer.takeBack(bought, "{'reason': 'Charged back'}")
                        .is(201)
                        .all("credits", "balance"))
                .isEqualTo("350 20");
        Reply none = customer.takeBack(bought, "{'reason': 'Once more'}").is(422, "void_exceeds_grant");
        assertThat(none.all("grant_credits", "remaining", "voidable")).isEqualTo("500 0 0");
        assertThat(customer.entries("?kind=void").rows("data", "kind", "credits", "grant_id", "note"))
                .containsExactly(
                        "void -350 " + bought + " Charged back", "void -30 " + bought + " Half of it was refunded");
        assertThat(customer.entriesAsCsv("?kind=void")).contains("void,-350,20,void_");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    /** Whatever the subscription says; and what runs have reserved stays theirs. */
    @Test
    void whatIsHeldStaysCovered() {
        Customer customer = Customer.having("0");
        String bought = customer.topUp("100").at("id");
        customer.topUp("10").is(201);
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 40}")
                .is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);

        Reply tooMuch = customer.takeBack(bought, "{'credits': 70.000001, 'reason': 'R'}")
                .is(422, "void_exceeds_grant");
        assertThat(tooMuch.all("remaining", "voidable")).isEqualTo("100 70");
        assertThat(customer.takeBack(bought, "{'reason': 'R'}").is(201).all("credits", "balance", "held", "available"))
                .isEqualTo("70 40 40 0");
        customer.takeBack(bought, "{'reason': 'R'}").is(422, "void_exceeds_grant");

        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        Customer.post(customer.path("/runs/r/debits"), Customer.newKey(), "{'credits': 40}")
                .is(201);
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    /** What comes back to a voided grant by a reversal may be taken back as well. */
    @Test
    void aReversalGivesBackToAVoidedGrant() {
        Customer customer = Customer.having("0");
        String bought = customer.topUp("100").at("id");
        String debit = customer.debit("60").at("id");
        customer.takeBack(bought, "{'reason': 'R'}").is(201);
        customer.reverse(debit, "{'reason': 'R'}").is(201);

        assertThat(customer.balance().at("balance")).isEqualTo("60");
        assertThat(customer.takeBack(bought, "{'reason': 'R'}").is(201).all("credits", "balance"))
                .isEqualTo("60 0");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void anotherAccountsGrantIsNone() {
        String others = Customer.having("0").topUp("100").at("id");

        Customer.having("10").takeBack(others, "{'reason': 'R'}").is(404, "grant_not_found");
    }

    /** A month that was taken back is not granted again, and leaves room under the cap at the next renewal. */
    @Test
    void aVoidedMonthIsNotMadeUp() {
        Customer customer = Customer.onTestClock("2028-01-10T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        String month = customer.grants().at("data/0/grant_id");
        customer.takeBack(month, "{'reason': 'R'}").is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        assertThat(customer.balance().at("balance")).isEqualTo("0");

        customer.advance("2028-02-10T00:00:00Z").is(200);
        assertThat(customer.renewals().rows("data", "outcome", "granted", "balance_before"))
                .startsWith("full 3000 0");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void anAdjustmentTakesDownToWhatIsAvailable() {
        Customer customer = Customer.having("100");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 40}")
                .is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'canceled'}").is(200);

        Reply tooMuch = customer.adjust("-60.000001").is(422, "adjustment_exceeds_available");
        assertThat(tooMuch.all("balance", "held", "available")).isEqualTo("100 40 60");
        Reply taken = customer.adjust("-60").is(201);
        assertThat(taken.at("id")).startsWith("adjustment_");
        assertThat(taken.all("grant_id", "credits", "balance", "available")).isEqualTo("null -60 40 0");
        assertThat(customer.entries("?kind=adjustment").rows("data", "kind", "credits", "posting_id", "note"))
                .containsExactly("adjustment -60 " + taken.at("id") + " story");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void onlyAnAdjustmentMayTakeAndWhatItTakesDoesNotExpire() {
        Customer customer = Customer.having("100");
        String until = ", 'reason': 'R', 'expires_at': '2099-01-01T00:00:00Z'}";

        assertThat(customer.grant("-1", "").is(400).rows("errors", "field")).containsExactly("credits");
        assertThat(customer.adjust("0").is(400).rows("errors", "field")).containsExactly("credits");
        assertThat(Customer.post(
                                customer.path("/grants"),
                                Customer.newKey(),
                                "{'credits': -1, 'kind': 'adjustment'" + until)
                        .is(400)
                        .rows("errors", "field"))
                .containsExactly("expires_at");
        assertThat(customer.balance().at("balance")).isEqualTo("100");
    }
}
