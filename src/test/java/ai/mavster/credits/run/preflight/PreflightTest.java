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

/** The question before a run has the answer that the debit will have. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PreflightTest {

    private static Reply preflight(Customer customer, String more) {
        return Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "'" + more + "}")
                .is(200);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # subscription, balance, asked, outcome
            active,   100, 99.999999,  allowed
            active,   100, 100,        allowed
            active,   100, 100.000001, insufficient_credits
            active,     0, 0.000001,   insufficient_credits
            trialing, 100, 100,        allowed
            trialing, 100, 101,        insufficient_credits
            past_due, 100, 1,          subscription_required
            paused,   100, 1,          subscription_required
            canceled, 100, 101,        subscription_required
            canceled,   0, 1,          subscription_required
            ,         100, 1,          subscription_required
            ,           0, 1,          subscription_required
            """)
    void itIsTheDebitsAnswer(String status, String balance, String asked, String outcome) {
        Customer customer = status == null ? Customer.create() : Customer.having(balance);
        if (status == null && !balance.equals("0")) {
            customer.topUp(balance).is(201);
        }
        if (status != null) {
            customer.subscribe("{'plan': 'basic', 'status': '" + status + "'}").is(200);
        }
        long entries = customer.entries("?limit=1000").json().at("/data").size();

        Reply preflight = preflight(customer, ", 'credits': " + asked);
        Reply debit = customer.debit(asked);

        assertThat(preflight.all("outcome", "required", "available")).isEqualTo(outcome + " " + asked + " " + balance);
        if (outcome.equals("allowed")) {
            assertThat(preflight.at("problem")).isNull();
            debit.is(201);
        } else {
            debit.is(402, outcome);
            assertThat(preflight.json().at("/problem")).isEqualTo(debit.json());
            assertThat(customer.entries("?limit=1000").json().at("/data")).hasSize((int) entries);
        }
    }

    @Test
    void withoutAnEstimateAnyCreditWillDo() {
        Customer customer = Customer.having("0.000001");
        assertThat(preflight(customer, "").all("outcome", "required", "available", "problem"))
                .isEqualTo("allowed null 0.000001 null");

        customer.debit("0.000001").is(201);

        assertThat(preflight(customer, "").all("outcome", "available")).isEqualTo("insufficient_credits 0");
    }

    /** 10 to 50 by the card: the middle is required. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            30        | {'action': '/mave/chat'}                              | allowed              | 30
            29.999999 | {'action': '/mave/chat'}                              | insufficient_credits | 30
            63        | {'action': '/mave/chat', 'quantity': 2}, {'action': '/responses'} | allowed  | 63
            62        | {'action': '/mave/chat', 'quantity': 2}, {'action': '/responses'} | insufficient_credits | 63
            0         | {'action': 'keyboard', 'quantity': 7}                 | allowed              | 0
            """)
    void itemsAreEstimatedFirst(String balance, String items, String outcome, String required) {
        Customer customer = Customer.having(balance);
        assertThat(preflight(customer, ", 'items': [" + items + "]").all("outcome", "required", "available"))
                .isEqualTo(outcome + " " + required + " " + balance);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            , 'items': [{'action': '/responses'}], 'credits': 1            | items
            , 'items': []                                                  | items
            , 'items': [{'action': '/responses'}, {'action': 'unknown'}]   | items[1].action
            , 'items': [{'action': '/responses', 'quantity': -1}]          | items[0].quantity
            """)
    void itemsThatCannotBeEstimatedAreNamed(String more, String field) {
        Customer customer = Customer.create();
        Reply refused = Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "'" + more + "}");
        assertThat(refused.is(400, "invalid_request").rows("errors", "field")).containsExactly(field);
    }

    @Test
    void itemsOfAnUnknownAccountAreToldSo() {
        Customer.post("/v1/preflights", "{'account_id': 'story-nobody', 'items': [{'action': '/responses'}]}")
                .is(404, "account_not_found");
    }

    /** What runs above have reserved is there for a run that they call, and for no other. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            , 'parent_run_id': 'test', 'credits': 70        | allowed 70
            , 'parent_run_id': 'test', 'credits': 70.000001 | insufficient_credits 70
            , 'parent_run_id': 'suite', 'credits': 50       | allowed 50
            , 'parent_run_id': 'suite', 'credits': 51       | insufficient_credits 50
            , 'credits': 11                                 | insufficient_credits 10
            , 'parent_run_id': 'bare', 'credits': 60        | insufficient_credits 50
            , 'parent_run_id': 'bare'                       | allowed 50
            """)
    void theHoldsOfTheRunsAboveCount(String more, String answer) {
        Customer customer = Customer.having("100");
        start(customer, "'run_id': 'suite', 'hold': 60").is(201);
        start(customer, "'run_id': 'test', 'hold': 20, 'parent_run_id': 'suite'")
                .is(201);
        start(customer, "'run_id': 'bare', 'parent_run_id': 'suite'").is(201);
        start(customer, "'run_id': 'other', 'hold': 30").is(201);

        Reply preflight = preflight(customer, more);

        assertThat(preflight.all("outcome", "available")).isEqualTo(answer);
        String hold = more.contains("credits") ? more.replace("credits", "hold") : more;
        start(customer, hold.substring(2)).is(answer.startsWith("allowed") ? 201 : 402);
    }

    private static Reply start(Customer customer, String body) {
        return Customer.post(customer.path("/runs"), Customer.newKey(), "{" + body + "}");
    }

    @Test
    void aRunThatCannotCallAnyIsToldSo() {
        Customer customer = Customer.having("100");
        start(customer, "'run_id': 'over'").is(201);
        Customer.post(customer.path("/runs/over/finish"), "{'status': 'success'}")
                .is(200);
        String below = "{'account_id': '" + customer.id + "', 'parent_run_id': ";
        Customer.post("/v1/preflights", below + "'over'}").is(409, "run_not_running");
        Customer.post("/v1/preflights", below + "'nobody'}").is(404, "run_not_found");
        String deepest = "top";
        start(customer, "'run_id': 'top'").is(201);
        for (int level = 2; level <= 8; level++) {
            start(customer, "'run_id': 'level-" + level + "', 'parent_run_id': '" + deepest + "'")
                    .is(201);
            deepest = "level-" + level;
        }
        Customer.post("/v1/preflights", below + "'" + deepest + "'}").is(422, "run_nested_too_deep");
    }

    /** Four runs are no history; of five the middle one is what is expected. */
    @Test
    void aTestIsExpectedToCostWhatItHas() {
        Customer customer = Customer.having("100");
        for (int i = 1; i <= 5; i++) {
            String ofTest = ", 'test_id': 't'";
            assertThat(preflight(customer, ofTest).all("outcome", "required")).isEqualTo("allowed null");
            start(customer, "'run_id': '" + i + "', 'project_id': 'p'" + ofTest).is(201);
            Customer.post(
                            customer.path("/runs/" + i + "/debits"),
                            Customer.newKey(),
                            "{'credits': " + (i == 5 ? 40 : i) + "}")
                    .is(201);
            Customer.post(customer.path("/runs/" + i + "/finish"), "{'status': 'success'}")
                    .is(200);
        }
        assertThat(preflight(customer, ", 'test_id': 't'").all("outcome", "required"))
                .isEqualTo("allowed 3");
        customer.bring("2.5");
        assertThat(preflight(customer, ", 'test_id': 't', 'project_id': 'p'")
                        .all("outcome", "required", "problem/shortfall"))
                .isEqualTo("insufficient_credits 3 0.5");
        assertThat(preflight(customer, ", 'test_id': 't', 'project_id': 'q'").all("outcome", "required"))
                .isEqualTo("allowed null");
        assertThat(preflight(customer, ", 'test_id': 't', 'credits': 2").all("outcome", "required"))
                .isEqualTo("allowed 2");
        Customer.post("/v1/preflights", "{'account_id': 'story-nobody', 'test_id': 't'}")
                .is(404, "account_not_found");
    }

    @Test
    void itWritesNothing() {
        Customer customer = Customer.having("10");
        String eTag = customer.balance().eTag();

        for (int i = 0; i < 3; i++) {
            preflight(customer, ", 'credits': 10");
        }

        assertThat(customer.balanceUnless(eTag).status()).isEqualTo(304);
    }

    @Test
    void thereIsNoneForAnUnknownAccount() {
        Customer.post("/v1/preflights", "{'account_id': 'story-nobody'}").is(404, "account_not_found");
        Customer.post("/v1/preflights", "{'account_id': 'story-nobody', 'credits': 0}")
                .is(400, "invalid_request");
    }
}
