package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Walks all endpoints of the contract: what a key bound to one account may do, and what a key of each scope may. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BoundKeyTest {

    @Inject
    AgroalDataSource database;

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void anotherAccountIsAnsweredAsOneThatDoesNotExist() {
        Customer own = customer();
        Customer other = customer();
        Customer nobody = new Customer("bound-" + UUID.randomUUID(), own.debitId());
        String key = boundKey(own);
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : ServedContract.read().endpoints()) {
            Example example = Example.of(endpoint);
            boolean creates = endpoint.name().equals("PUT /v1/accounts/{account_id}");
            switch (example.about()) {
                case ACCOUNT_IN_PATH, ACCOUNT_IN_BODY -> {
                    String missing = creates
                            ? Example.send(Example.ADMIN, "GET", example.path(nobody), "")
                                    .asString()
                            : example.send(Example.ADMIN, nobody).asString();
                    Answer refused = example(key, example, other, all);
                    all.assertThat(refused.status).as(endpoint.name()).isEqualTo(404);
                    all.assertThat(refused.body)
                            .as(endpoint.name())
                            .contains("\"code\":\"account_not_found\"")
                            .isEqualTo(missing.replace(nobody.accountId(), other.accountId()));
                }
                case ACCOUNTS_OF_ITEMS -> {
                    String missing = example.send(Example.ADMIN, nobody).asString();
                    Answer answer = example(key, example, other, all);
                    all.assertThat(answer.status).as(endpoint.name()).isEqualTo(200);
                    all.assertThat(answer.body)
                            .as(endpoint.name())
                            .contains("\"status\":404", "\"code\":\"account_not_found\"")
                            .isEqualTo(missing.replace(nobody.accountId(), other.accountId()));
                }
                case NO_ACCOUNT -> {
                    Answer refused = example(key, example, other, all);
                    all.assertThat(refused.status).as(endpoint.name()).isEqualTo(403);
                    all.assertThat(refused.body).as(endpoint.name()).contains("\"code\":\"forbidden\"");
                }
                case EVERYBODY ->
                    all.assertThat(example.send(key, other).statusCode())
                            .as(endpoint.name())
                            .isEqualTo(200);
            }
        }
        all.assertAll();
    }

    private record Answer(int status, String body) {}

    /** Sends it, and sees that nothing was written. */
    private Answer example(String key, Example example, Customer customer, SoftAssertions all) {
        String method = example.endpoint().split(" ", -1)[0];
        String path = example.path(customer);
        String body = example.body(customer);
        Map<String, String> before = Rows.digests(database);
        Response answer = Example.send(key, method, path, body);
        all.assertThat(Rows.digests(database)).as(example.endpoint()).isEqualTo(before);
        return new Answer(answer.statusCode(), answer.asString());
    }

    @Test
    void itsOwnAccountIsServed() {
        Customer own = customer();
        String key = boundKey(own);
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : ServedContract.read().endpoints()) {
            Example example = Example.of(endpoint);
            if (example.about() != Example.About.NO_ACCOUNT) {
                Response answer = example.send(key, own);
                all.assertThat(answer.statusCode()).as(endpoint.name()).isIn(200, 201, 204);
                all.assertThat(answer.asString()).as(endpoint.name()).doesNotContain("account_not_found");
            }
        }
        all.assertAll();
    }

    /** Each of many for itself: one of another account, and one of its own. */
    @Test
    void ofManyDebitsOnlyItsOwnArePosted() {
        Customer own = customer();
        Customer other = customer();
        String item = "{'account_id': '%s', 'idempotency_key': '%s', 'credits': 2}";
        String body = "{'debits': [" + item.formatted(other.accountId(), "k") + ", "
                + item.formatted(own.accountId(), "k") + "]}";

        Response answer = Example.send(boundKey(own), "POST", "/v1/debits", body);

        assertThat(answer.jsonPath().getList("results.status", Integer.class)).containsExactly(404, 201);
        assertThat(balance(other)).isEqualTo("20490");
        assertThat(balance(own)).isEqualTo("20488");
    }

    @Test
    void eachScopeMayWhatTheContractSays() {
        Customer customer = customer();
        Map<String, String> keys = new LinkedHashMap<>();
        AgreedScopes.ALL.forEach(
                scope -> keys.put(scope, Example.apiKey("{'name': 'S', 'scopes': ['" + scope + "']}", "key")));
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : ServedContract.read().endpoints()) {
            keys.forEach((scope, key) -> {
                int status = Example.of(endpoint).send(key, customer).statusCode();
                if (endpoint.scopes().contains(scope)) {
                    all.assertThat(status).as(endpoint.name() + " by " + scope).isBetween(200, 299);
                } else {
                    all.assertThat(status).as(endpoint.name() + " by " + scope).isEqualTo(403);
                }
            });
        }
        all.assertAll();
    }

    @Test
    void withoutAValidKeyNothingIsServed() {
        Customer customer = customer();
        String revoked = Example.apiKey("{'name': 'S', 'scopes': ['admin']}", "key");
        String id = Example.request(Example.ADMIN).get("/v1/api-keys?limit=1").path("data[0].id");
        Example.request(Example.ADMIN).delete("/v1/api-keys/" + id).then().statusCode(204);
        String end = clock.instant().plus(Duration.ofHours(1)).toString();
        String expired = Example.apiKey("{'name': 'S', 'scopes': ['admin'], 'expires_at': '" + end + "'}", "key");
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("no key", "");
        keys.put("an unknown key", revoked.substring(0, 46) + "A");
        keys.put("a revoked key", revoked);
        keys.put("an expired key", expired);
        clock.moveBy(Duration.ofHours(1));
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : ServedContract.read().endpoints()) {
            String path = Example.of(endpoint).path(customer);
            String body = Example.of(endpoint).body(customer);
            Map<String, String> before = Rows.digests(database);
            keys.forEach((name, key) -> {
                Response answer = Example.send(key, endpoint.method(), path, body);
                all.assertThat(answer.statusCode())
                        .as(endpoint.name() + " with " + name)
                        .isEqualTo(401);
                all.assertThat(answer.header("WWW-Authenticate"))
                        .as(endpoint.name())
                        .isEqualTo("Bearer");
            });
            all.assertThat(Rows.digests(database)).as(endpoint.name()).isEqualTo(before);
        }
        all.assertAll();
    }

    @Test
    void theContractSaysWhatWasAgreed() {
        Map<String, Set<String>> contract = new TreeMap<>();
        ServedContract.read().endpoints().forEach(endpoint -> contract.put(endpoint.name(), endpoint.scopes()));
        assertThat(contract).isEqualTo(AgreedScopes.inContract());
    }

    private static Customer customer() {
        return Customer.create("bound-" + UUID.randomUUID());
    }

    private static String boundKey(Customer customer) {
        return Example.apiKey(
                "{'name': 'B', 'scopes': ['admin'], 'account_id': '" + customer.accountId() + "'}", "key");
    }

    private static String balance(Customer customer) {
        return Example.request(Example.ADMIN)
                .get("/v1/accounts/" + customer.accountId() + "/balance")
                .path("balance")
                .toString();
    }
}
