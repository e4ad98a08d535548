package ai.mavster.credits.checkout.order;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Bare;
import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Where no provider is configured nobody buys, and nothing of the sandbox is there. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(Bare.class)
class PaymentsNotConfiguredTest {

    @Test
    void nothingCanBeBought() {
        Customer customer = Customer.create();
        Customer.post(customer.path("/checkouts"), Customer.newKey(), "{'pack': 'medium'}")
                .is(409, "payments_not_configured");
        Customer.put(
                        customer.path("/auto-recharge"),
                        "{'enabled': true, 'threshold': 10, 'credits_to_add': 10, 'limit_per_period': 100}")
                .is(409, "payments_not_configured");
        assertThat(Customer.get(customer.path("/checkouts")).is(200).rows("data", "status"))
                .isEmpty();
    }

    @Test
    void theSandboxIsNotThere() {
        for (String path : new String[] {"checkouts/", "confirmations/"}) {
            given().get("/sandbox/" + path + "0".repeat(32)).then().statusCode(404);
        }
        given().get("/sandbox/sandbox.css").then().statusCode(404);
        Customer.post("/sandbox/payments/sandbox_1/refund", "{}").is(404);
        Customer.post("/sandbox/payments/sandbox_1/dispute", "").is(404);
        Customer.post("/sandbox/payments/sandbox_1/dispute/close", "{'won': true}")
                .is(404);
    }
}
