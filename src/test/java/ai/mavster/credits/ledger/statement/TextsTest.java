package ai.mavster.credits.ledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers write to postings in words of their own, and what was paid for credits. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TextsTest {

    private static final String METADATA = "{\"branch\":\"main\",\"build.no\":\"1842\"}";

    private static final String SENT = "'metadata': {'build.no': '1842', 'branch': 'main'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            debits        | {'credits': 2, %s}
            debits        | {'action': 'keyboard', %s}
            runs/r/debits | {'credits': 2, %s}
            top-ups       | {'credits': 2, %s}
            grants        | {'credits': 2, 'kind': 'promotional', 'reason': 'R', %s}
            """)
    void metadataIsAnsweredToldAndPartOfTheRequest(String call, String body) {
        Customer customer = Customer.having("100");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r'}")
                .is(201);
        String path = customer.path("/" + call);
        String key = Customer.newKey();

        Reply first = Customer.post(path, key, body.formatted(SENT)).is(201);
        Reply again = Customer.post(path, key, body.formatted("'metadata': {'branch': 'main', 'build.no': '1842'}"))
                .is(201);

        assertThat(first.at("metadata")).isEqualTo(METADATA);
        assertThat(again).isEqualTo(new Reply(201, "true", null, first.body()));
        Customer.post(path, key, body.formatted("'metadata': {'branch': 'other', 'build.no': '1842'}"))
                .is(422, "idempotency_key_reused");
        Customer.post(path, key, body.formatted("'metadata': {}")).is(422, "idempotency_key_reused");
        if (!body.contains("keyboard")) {
            assertThat(customer.entries("?limit=1").at("data/0/metadata")).isEqualTo(METADATA);
        }
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void eachOfManyDebitsHasItsOwn() {
        Customer customer = Customer.having("100");
        String body = ("{'debits': [{'account_id': '%1$s', 'idempotency_key': 'a', 'credits': 1, %2$s},"
                        + "{'account_id': '%1$s', 'idempotency_key': 'b', 'credits': 1},"
                        + "{'account_id': '%1$s', 'idempotency_key': 'c', 'credits': 1, 'metadata': {'a b': 'c'}}]}")
                .formatted(customer.id, SENT);

        Reply results = Customer.post("/v1/debits", body).is(200);

        assertThat(results.at("results/0/debit/metadata")).isEqualTo(METADATA);
        assertThat(results.at("results/1/debit/metadata")).isNull();
        assertThat(results.all("results/2/status", "results/2/problem/errors/0/field"))
                .isEqualTo("400 metadata.a b");
    }

    @Test
    void whatWasPaidIsToldWithTheGrant() {
        Customer customer = Customer.having("0");
        String key = Customer.newKey();
        String body = "{'credits': 5, 'note': 'N', 'amount': {'value': %s, 'currency': 'EUR'}}";

        Reply first = Customer.post(customer.path("/top-ups"), key, body.formatted("4.5"))
                .is(201);
        Reply again = Customer.post(customer.path("/top-ups"), key, body.formatted("4.50"))
                .is(201);
        Customer.post(
                        customer.path("/grants"),
                        Customer.newKey(),
                        "{'credits': 1, 'kind': 'adjustment', 'reason': 'R', 'amount': {'currency': 'JPY', 'value': 120}}")
                .is(201);

        assertThat(first.body()).contains("\"amount\":{\"value\":4.50,\"currency\":\"EUR\"}");
        assertThat(again).isEqualTo(new Reply(201, "true", null, first.body()));
        Customer.post(customer.path("/top-ups"), key, body.formatted("4.51")).is(422, "idempotency_key_reused");
        assertThat(customer.grants().rows("data", "amount", "note"))
                .startsWith("{\"value\":120,\"currency\":\"JPY\"} R", "{\"value\":4.5,\"currency\":\"EUR\"} N");
        assertThat(customer.entries("?kind=top_up").at("data/0/amount"))
                .isEqualTo("{\"value\":4.5,\"currency\":\"EUR\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'metadata': 'text'                                   | metadata          | must be an object
            'metadata': ['a']                                    | metadata          | must be an object
            'metadata': {'a': 1}                                 | metadata.a        | must be a string
            'metadata': {'a': null}                              | metadata.a        | must be a string
            'metadata': {'a': {'b': 'c'}}                        | metadata.a        | must be a string
            'metadata': {'a': ''}                                | metadata.a        | must be 1 to 500 characters, none of them a control character
            'metadata': {'a': 'b\\u0007'}                        | metadata.a        | must be 1 to 500 characters, none of them a control character
            'metadata': {'a/b': 'c'}                             | metadata.a/b      | must be a key of 1 to 40 letters, digits and _ . -
            'metadata': {'a': 'b', 'a': 'c'}                     | metadata.a        | is given more than once
            'amount': 5                                          | amount            | must be an object
            'amount': {'value': 5}                               | amount.currency   | must not be null
            'amount': {'currency': 'EUR'}                        | amount.value      | must not be null
            'amount': {'value': '5', 'currency': 'EUR'}          | amount.value      | must be a number
            'amount': {'value': 5, 'currency': 'eur'}            | amount.currency   | must be the ISO 4217 code of a currency, such as EUR
            'amount': {'value': 5, 'currency': 'XAU'}            | amount.currency   | must be the ISO 4217 code of a currency, such as EUR
            'amount': {'value': 5.001, 'currency': 'EUR'}        | amount.value      | must have at most 2 decimals in EUR
            'amount': {'value': 5.1, 'currency': 'JPY'}          | amount.value      | must have at most 0 decimals in JPY
            'amount': {'value': 0, 'currency': 'EUR'}            | amount.value      | must be greater than 0 and less than 1000000000000
            'amount': {'value': -1, 'currency': 'EUR'}           | amount.value      | must be greater than 0 and less than 1000000000000
            'amount': {'value': 1e12, 'currency': 'EUR'}         | amount.value      | must be greater than 0 and less than 1000000000000
            'amount': {'value': 1e999999999, 'currency': 'EUR'}  | amount.value      | must be greater than 0 and less than 1000000000000
            'amount': {'value': 1e99999999999, 'currency': 'EUR'} | amount.value     | is out of range
            'amount': {'value': 5, 'currency': 'EUR', 'tax': 1}  | amount.tax        | is not a known field
            """)
    void whatIsWrongIsNamed(String field, String named, String message) {
        Customer customer = Customer.having("0");

        Reply refused = Customer.post(customer.path("/top-ups"), Customer.newKey(), "{'credits': 5, " + field + "}")
                .is(400, "invalid_request");

        assertThat(refused.at("errors/0/field")).isEqualTo(named);
        assertThat(refused.at("errors/0/message")).isEqualTo(message);
    }

    @Test
    void thereMayBeTwentyPairsOfTheLongest() {
        Customer customer = Customer.having("0");
        StringBuilder pairs = new StringBuilder();
        for (int i = 10; i < 30; i++) {
            pairs.append(i == 10 ? "" : ", ")
                    .append("'")
                    .append("k".repeat(38))
                    .append(i)
                    .append("': '")
                    .append("😀".repeat(500))
                    .append("'");
        }

        Customer.post(customer.path("/top-ups"), Customer.newKey(), "{'credits': 5, 'metadata': {" + pairs + "}}")
                .is(201);
        Reply tooMany = Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 5, 'metadata': {" + pairs + ", 'one': 'more'}}")
                .is(400);

        assertThat(tooMany.at("errors/0/field")).isEqualTo("metadata");
        assertThat(tooMany.at("errors/0/message")).isEqualTo("must have at most 20 pairs");
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }
}
