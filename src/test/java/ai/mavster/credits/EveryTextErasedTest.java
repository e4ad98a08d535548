package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every free text that any endpoint takes for an account is in the database before it is erased, and nowhere in it
 * after: whichever endpoints, fields and tables there are.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EveryTextErasedTest {

    /** As the contract has free text: anything that can be printed. */
    private static final String PRINTABLE = "^[^\\u0000-\\u001F\\u007F-\\u009F]+$";

    /** Texts that callers write about an account, and that are there to be found at all. */
    private static final Set<String> LEAST = Set.of(
            "PUT /v1/accounts/{account_id} name",
            "PUT /v1/accounts/{account_id} billing_email",
            "PUT /v1/accounts/{account_id} metadata",
            "POST /v1/accounts/{account_id}/top-ups reference",
            "POST /v1/accounts/{account_id}/top-ups note",
            "POST /v1/accounts/{account_id}/top-ups metadata",
            "POST /v1/accounts/{account_id}/grants reason",
            "POST /v1/accounts/{account_id}/grants metadata",
            "POST /v1/accounts/{account_id}/grants/{grant_id}/void reason",
            "POST /v1/accounts/{account_id}/debits metadata",
            "POST /v1/accounts/{account_id}/runs metadata",
            "POST /v1/accounts/{account_id}/runs/{run_id}/debits metadata",
            "POST /v1/accounts/{account_id}/debits/{debit_id}/reversals reason",
            "PUT /v1/accounts/{account_id}/subscription reason",
            "PUT /v1/accounts/{account_id}/budgets/{scope}/{scope_id} billing_email");

    @Inject
    AgroalDataSource database;

    private final ObjectMapper json = new ObjectMapper();
    private ServedContract contract;
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final String mark = "zq" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void read() {
        contract = ServedContract.read();
    }

    @Test
    void nothingOfThemIsLeft() throws JsonProcessingException {
        Customer customer = Customer.create("erased/" + UUID.randomUUID());
        for (Endpoint endpoint : contract.endpoints()) {
            Example example = Example.of(endpoint);
            if (example.hasBody() && example.about() != Example.About.NO_ACCOUNT) {
                tell(endpoint, example, customer);
            }
        }
        assertThat(secrets.keySet()).containsAll(LEAST);
        SoftAssertions all = new SoftAssertions();
        secrets.forEach((field, secret) ->
                all.assertThat(Dump.rowsWith(database, secret)).as(field).isNotEmpty());
        String path = "/v1/accounts/" + Customer.encoded(customer.accountId());
        String account = "\"account_id\":\"" + customer.accountId() + "\"";
        Map<String, Long> rows = Dump.rowsOf(database, customer.accountId());

        Response erasing = Example.send(Example.ADMIN, "POST", path + "/erasure", "");
        all.assertThat(erasing.<String>path("code")).isEqualTo("account_not_closed");
        Example.send(Example.ADMIN, "DELETE", path, "").then().statusCode(200);
        String hash = Example.send(Example.ADMIN, "GET", path + "/entries?limit=1", "")
                .path("data[0].hash");
        Response erased = Example.send(Example.ADMIN, "POST", path + "/erasure", "");

        all.assertThat(erased.statusCode()).isEqualTo(200);
        all.assertThat(erased.<String>path("erasure")).isEqualTo("completed");
        all.assertThat(erased.asString()).contains(account).doesNotContain(mark);
        all.assertThat(Dump.rowsWith(database, mark)).isEmpty();
        Map<String, Long> left = Dump.rowsOf(database, customer.accountId());
        all.assertThat(left).doesNotContainKeys("posting_text", "portal_session");
        rows.forEach((table, count) -> {
            if (!List.of("posting_text", "portal_session").contains(table)) {
                all.assertThat(left.get(table)).as(table).isGreaterThanOrEqualTo(count);
            }
        });
        all.assertThat(Example.send(Example.ADMIN, "GET", path + "/entries?limit=1", "")
                        .<String>path("data[0].hash"))
                .isEqualTo(hash);
        all.assertThat(Example.send(Example.ADMIN, "GET", path + "/proof", "").asString())
                .contains("\"balanced\":true", "\"chain_intact\":true", "\"failures\":[]");
        all.assertThat(Example.send(Example.ADMIN, "POST", path + "/erasure", "")
                        .statusCode())
                .isEqualTo(200);
        all.assertThat(Example.send(Example.ADMIN, "DELETE", path + "?balance=void", "")
                        .statusCode())
                .isEqualTo(200);
        all.assertThat(Example.send(Example.ADMIN, "GET", path + "/proof", "").asString())
                .contains("\"balanced\":true", "\"chain_intact\":true", "\"failures\":[]");
        all.assertAll();
    }

    /** Sends a good request with a secret of its own in each of its texts. */
    private void tell(Endpoint endpoint, Example example, Customer customer) throws JsonProcessingException {
        ObjectNode body = (ObjectNode) json.readTree(example.body(customer).replace('\'', '"'));
        contract.resolve(endpoint.requestSchema())
                .path("properties")
                .properties()
                .forEach(property -> {
                    JsonNode secret = secret(property.getValue(), endpoint.name() + " " + property.getKey());
                    if (secret != null) {
                        body.set(property.getKey(), secret);
                    }
                });
        if (endpoint.name().equals("PUT /v1/accounts/{account_id}/subscription")) {
            body.put("cancel_at_period_end", true); // A change of nothing is not kept, nor is its reason.
        }
        String path = example.path(example.asking(customer));
        assertThat(Example.send(Example.ADMIN, endpoint.method(), path, body.toString())
                        .statusCode())
                .as(endpoint.name() + " " + body)
                .isBetween(200, 299);
    }

    private JsonNode secret(JsonNode schema, String field) {
        String secret = mark + "-" + secrets.size();
        boolean isMail = schema.path("format").asText().equals("email");
        if (ServedContract.refersTo(schema, "Metadata")) {
            secrets.put(field, secret);
            return json.createObjectNode().put("ticket", secret);
        }
        if (isMail || schema.path("pattern").asText().equals(PRINTABLE)) {
            secrets.put(field, secret);
            return json.getNodeFactory().textNode(isMail ? secret + "@example.com" : secret);
        }
        return null;
    }
}
