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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every endpoint there is, asked of an account that is closed: it can be read as before, and is never changed again. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ClosedAccountTest {

    /** What is done for a closed account, too. */
    private static final List<String> ALSO_CLOSED = List.of(
            "DELETE /v1/accounts/{account_id}",
            "POST /v1/accounts/{account_id}/erasure",
            "POST /v1/accounts/{account_id}/portal-sessions",
            "DELETE /v1/accounts/{account_id}/portal-sessions",
            "DELETE /v1/accounts/{account_id}/portal-sessions/{session_id}");

    @Inject
    AgroalDataSource database;

    @Test
    void itCanBeReadAndIsNeverChangedAgain() {
        Customer customer = Customer.create("closed/" + UUID.randomUUID());
        String path = "/v1/accounts/" + Customer.encoded(customer.accountId());
        Example.send(Example.ADMIN, "DELETE", path, "").then().statusCode(200);
        Map<String, String> before = Rows.digests(database);
        SoftAssertions all = new SoftAssertions();
        int refused = 0;
        for (Endpoint endpoint : ServedContract.read().endpoints()) {
            Example example = Example.of(endpoint);
            if (example.about() == Example.About.ACCOUNT_IN_PATH && !ALSO_CLOSED.contains(endpoint.name())) {
                Response answer =
                        Example.send(Example.ADMIN, endpoint.method(), example.path(customer), example.body(customer));
                if (endpoint.method().equals("GET")) {
                    all.assertThat(answer.statusCode()).as(endpoint.name()).isEqualTo(200);
                } else {
                    all.assertThat(answer.statusCode()).as(endpoint.name()).isEqualTo(409);
                    all.assertThat(answer.<String>path("code"))
                            .as(endpoint.name())
                            .isEqualTo("account_closed");
                    refused++;
                }
            }
        }
        all.assertThat(refused).isGreaterThan(10);
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
    }

    @Test
    void ofManyAccountsThoseThatAreOpenAreServed() {
        Customer open = Customer.create("open/" + UUID.randomUUID());
        Customer closed = Customer.create("closed/" + UUID.randomUUID());
        String path = "/v1/accounts/" + Customer.encoded(closed.accountId());
        Example.send(Example.ADMIN, "DELETE", path, "").then().statusCode(200);

        String item = "{'account_id': '%s', 'balance': 5}";
        Response answer = Example.send(
                Example.ADMIN,
                "POST",
                "/v1/imports",
                "{'accounts': [" + item.formatted(closed.accountId()) + ", "
                        + item.formatted("new/" + UUID.randomUUID()) + "]}");

        assertThat(answer.asString()).contains("account_closed");
        assertThat(Example.send(Example.ADMIN, "GET", path + "/balance", "").<Integer>path("balance"))
                .isEqualTo(20490);
        assertThat(open.accountId()).isNotEqualTo(closed.accountId());
    }
}
