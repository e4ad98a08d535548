package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which endpoints need an idempotency key: named here, so that neither the code nor the contract can leave one out. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class IdempotencyKeyTest {

    /** Every request that moves or reserves credits, and may be sent twice. */
    static final List<String> KEYED = List.of(
            "POST /v1/accounts/{account_id}/top-ups",
            "POST /v1/accounts/{account_id}/checkouts",
            "POST /v1/accounts/{account_id}/grants",
            "POST /v1/accounts/{account_id}/debits",
            "POST /v1/accounts/{account_id}/debits/{debit_id}/reversals",
            "POST /v1/accounts/{account_id}/grants/{grant_id}/void",
            "POST /v1/accounts/{account_id}/runs",
            "POST /v1/accounts/{account_id}/runs/{run_id}/debits",
            "POST /v1/accounts/{account_id}/runs/{run_id}/hold");

    @Inject
    AgroalDataSource database;

    private final SoftAssertions all = new SoftAssertions();
    private ServedContract contract;
    private Customer customer;

    @BeforeEach
    void makeACustomer() {
        contract = ServedContract.read();
        customer = Customer.create("key/" + UUID.randomUUID());
    }

    @Test
    void withoutAKeyNothingIsDone() {
        Map<String, String> before = Rows.digests(database);
        for (String name : KEYED) {
            Endpoint endpoint = contract.endpoint(name);
            Response answer = unkeyed(endpoint, Example.of(endpoint).body(customer));
            all.assertThat(answer.statusCode()).as(name).isEqualTo(400);
            all.assertThat(answer.<String>path("code")).as(name).isEqualTo("idempotency_key_required");
        }
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
    }

    /** The key comes first: a caller that has forgotten it learns that, whatever else is wrong. */
    @Test
    void theKeyIsAskedForBeforeTheBodyIsRead() {
        for (String name : KEYED) {
            Response answer = unkeyed(contract.endpoint(name), "{'unknown': 1}");
            all.assertThat(answer.<String>path("code")).as(name).isEqualTo("idempotency_key_required");
        }
        all.assertAll();
    }

    @Test
    void othersNeedNone() {
        for (Endpoint endpoint : contract.endpoints()) {
            if (!KEYED.contains(endpoint.name())) {
                Example example = Example.of(endpoint);
                customer = example.asking(customer);
                all.assertThat(unkeyed(endpoint, example.body(customer)).statusCode())
                        .as(endpoint.name())
                        .isBetween(200, 299);
            }
        }
        all.assertAll();
    }

    @Test
    void theContractDeclaresIt() {
        for (Endpoint endpoint : contract.endpoints()) {
            boolean keyed = KEYED.contains(endpoint.name());
            all.assertThat(endpoint.parameters("header").contains("Idempotency-Key"))
                    .as(endpoint.name())
                    .isEqualTo(keyed);
            endpoint.operation().path("parameters").forEach(parameter -> {
                if (parameter.path("name").asText().equals("Idempotency-Key")) {
                    all.assertThat(parameter.path("required").asBoolean())
                            .as(endpoint.name())
                            .isTrue();
                }
            });
            all.assertThat(codes(endpoint, 400).contains("idempotency_key_required"))
                    .as(endpoint.name())
                    .isEqualTo(keyed);
            all.assertThat(codes(endpoint, 422).contains("idempotency_key_reused"))
                    .as(endpoint.name())
                    .isEqualTo(keyed);
            for (int status : List.of(200, 201)) {
                boolean replays =
                        contract.response(endpoint, status).at("/headers").has("Idempotency-Replayed");
                all.assertThat(replays)
                        .as(endpoint.name())
                        .isEqualTo(keyed && !contract.response(endpoint, status).isMissingNode());
            }
        }
        all.assertAll();
        assertThat(contract.endpoints()).extracting(Endpoint::name).containsAll(KEYED);
    }

    private List<String> codes(Endpoint endpoint, int status) {
        List<String> codes = new ArrayList<>();
        contract.response(endpoint, status)
                .at("/content/application~1problem+json/examples")
                .fieldNames()
                .forEachRemaining(codes::add);
        return codes;
    }

    private Response unkeyed(Endpoint endpoint, String body) {
        RequestSpecification request = Example.request(Example.ADMIN);
        if (!body.isEmpty()) {
            request.contentType("application/json")
                    .body(body.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return request.request(endpoint.method(), Example.of(endpoint).path(customer));
    }
}
