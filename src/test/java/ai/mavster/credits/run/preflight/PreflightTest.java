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
