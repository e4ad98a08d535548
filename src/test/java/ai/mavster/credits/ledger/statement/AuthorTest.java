package ai.mavster.credits.ledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

/** Every posting says who had it posted. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AuthorTest {

    private static final String FIRST_ADMIN =
            "{\"type\":\"api_key\",\"id\":\"first admin key\",\"name\":\"first admin key\"}";

    private static final String RENEWALS = "{\"type\":\"job\",\"id\":\"renewals\",\"name\":\"Renewals\"}";

    private static final String EXPIRY = "{\"type\":\"job\",\"id\":\"expiry\",\"name\":\"Expiry\"}";

    @Test
    void aKeyIsToldByItsName() {
        Customer customer = Customer.having("100");
        Reply key = Customer.post("/v1/api-keys", "{'name': 'Runners, east', 'scopes': ['runner']}")
                .is(201);
        String author = "{\"type\":\"api_key\",\"id\":\"%s\",\"name\":\"Runners, east\"}".formatted(key.at("id"));
        Reply run =
                Customer.post(customer.path("/runs"), Customer.newKey(), "{}").is(201);

        Reply debit = post(key, Customer.newKey(), customer.path("/debits"), "'credits': 1");
        Reply ofRun =
                post(key, Customer.newKey(), customer.path("/runs/" + run.at("run_id") + "/debits"), "'credits': 1");
        Reply free = post(key, Customer.newKey(), customer.path("/debits"), "'action': 'keyboard'");
        Reply reversal = post(
                key, Customer.newKey(), customer.path("/debits/" + debit.at("id") + "/reversals"), "'reason': 'R'");
        Reply bulk = post(
                key,
                Customer.newKey(),
                "/v1/debits",
                "'debits': [{'account_id': '%s', 'idempotency_key': 'k', 'credits': 1}]".formatted(customer.id));

        assertThat(debit.at("author"))
                .isEqualTo(author)
                .isEqualTo(ofRun.at("author"))
                .isEqualTo(free.at("author"))
                .isEqualTo(reversal.at("author"))
                .isEqualTo(bulk.at("results/0/debit/author"));
        assertThat(customer.entries("").rows("data", "kind", "author"))
                .startsWith("debit " + author, "reversal " + author, "debit " + author, "debit " + author)
                .endsWith("monthly_grant " + FIRST_ADMIN);
        assertThat(customer.entriesAsCsv("?kind=reversal")).contains("\"Runners, east\"");
    }

    /** A repeat is answered by what was posted, whoever asks for it again. */
    @Test
    void aRepeatFromAnotherKeyHasTheFirstAuthor() {
        Customer customer = Customer.having("100");
        Reply key = Customer.post("/v1/api-keys", "{'name': 'second', 'scopes': ['runner']}")
                .is(201);

        Reply first =
                Customer.post(customer.path("/debits"), "key", "{'credits': 1}").is(201);
        Reply again = post(key, "key", customer.path("/debits"), "'credits': 1");

        assertThat(again.body()).isEqualTo(first.body()).contains(FIRST_ADMIN);
    }

    @Test
    void whatTimeDoesIsToldAsItsJobs() {
        Customer customer = Customer.onTestClock("2026-01-10T09:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.grant("5", ", 'expires_at': '2026-01-20T00:00:00Z'").is(201);
        customer.debit("10").is(201);
        customer.advance("2026-02-10T09:00:00Z").is(200);

        assertThat(customer.entries("").rows("data", "kind", "author"))
                .containsExactly(
                        "monthly_grant " + RENEWALS,
                        "debit " + FIRST_ADMIN,
                        "debit " + FIRST_ADMIN,
                        "promotional " + FIRST_ADMIN,
                        "monthly_grant " + FIRST_ADMIN);
        customer.grant("7", ", 'expires_at': '2026-02-11T00:00:00Z'").is(201);
        customer.advance("2026-02-12T00:00:00Z").is(200);
        assertThat(customer.entries("?limit=1").rows("data", "kind", "author")).containsExactly("expiry " + EXPIRY);
    }

    private static Reply post(Reply key, String idempotencyKey, String path, String fields) {
        var response = RestAssured.given()
                .header("Authorization", "Bearer " + key.at("key"))
                .header("Idempotency-Key", idempotencyKey)
                .contentType("application/json")
                .body(("{" + fields + "}").replace('\'', '"'))
                .post(path);
        assertThat(response.statusCode()).as(response.asString()).isBetween(200, 201);
        return new Reply(response.statusCode(), null, null, response.asString());
    }
}
