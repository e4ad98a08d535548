package ai.mavster.credits.recharge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.WithSandbox;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a recharge goes with each of the sandbox's cards. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithSandbox.class)
class SandboxRechargeTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private static Customer low(String card) {
        Customer customer = Customer.on("basic");
        RechargeFixture.set(customer, RechargeFixture.SETTINGS).is(200);
        RechargeFixture.set(customer, "{'payment_method': '" + card + "'}").is(200);
        customer.debit("2950").is(201);
        return customer;
    }

    @ParameterizedTest
    @CsvSource({
        "card_ok,       succeeded, 550",
        "card_twice,    succeeded, 550",
        "card_slow,     succeeded, 550",
        "card_never,    succeeded, 550",
        "card_declined, declined,  50"
    })
    void goesAsItsCardDoes(String card, String becomes, String balance) {
        Customer customer = low(card);
        RechargeFixture.becomes(customer, becomes + " 500");
        assertThat(customer.balance().at("balance")).isEqualTo(balance);
        RechargeFixture.isProven(customer);
    }

    @Test
    void itsDefaultCardIsGood() {
        Customer customer = Customer.on("basic");
        RechargeFixture.set(customer, RechargeFixture.SETTINGS).is(200);
        customer.debit("2950").is(201);
        RechargeFixture.becomes(customer, "succeeded 500");
    }

    @ParameterizedTest
    @CsvSource({"confirm, succeeded, 550", "decline, declined, 50"})
    void isConfirmedByTheCustomer(String action, String becomes, String balance) {
        Customer customer = low("card_confirm");
        RechargeFixture.becomes(customer, "confirmation_needed 500");
        String link = Customer.get(customer.path("/recharges")).is(200).at("data/0/confirmation_url");
        String page = URI.create(String.valueOf(link)).getPath();
        Matcher token = TOKEN.matcher(given().get(page).asString());
        assertThat(token.find()).isTrue();
        given().redirects()
                .follow(false)
                .formParam("token", token.group(1))
                .formParam("action", action)
                .post(page);
        RechargeFixture.becomes(customer, becomes + " 500");
        assertThat(customer.balance().at("balance")).isEqualTo(balance);
    }

    /** Nobody is sold what was taken back from them. */
    @Test
    void aRefundOfARechargeMakesNoOtherOne() {
        Customer customer = low("card_ok");
        RechargeFixture.becomes(customer, "succeeded 500");
        String id =
                String.valueOf(Customer.get(customer.path("/recharges")).is(200).at("data/0/id"));
        Customer.post("/sandbox/payments/sandbox_" + id.replace("recharge_", "") + "/refund", "{}")
                .is(200);
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> "50".equals(customer.balance().at("balance")),
                () -> "it is taken back: " + customer.balance().body());
        assertThat(RechargeFixture.recharges(customer)).isEqualTo(List.of("succeeded 500"));
        RechargeFixture.isProven(customer);
    }
}
