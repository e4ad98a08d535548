package ai.mavster.credits.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Accounts that are recharged, and what became of that. */
abstract class RechargeFixture {

    static final String SETTINGS =
            "{'enabled': true, 'threshold': 100, 'credits_to_add': 500, 'limit_per_period': 1000}";

    @Inject
    PlayedProvider provider;

    @Inject
    MovableClock clock;

    @AfterEach
    void setRight() {
        clock.reset();
    }

    static Reply set(Customer customer, String settings) {
        return Customer.put(customer.path("/auto-recharge"), settings);
    }

    static Reply settings(Customer customer) {
        return Customer.get(customer.path("/auto-recharge")).is(200);
    }

    /** On basic with 3000 credits, and auto-recharge below 100. */
    static Customer recharged() {
        Customer customer = Customer.on("basic");
        set(customer, SETTINGS).is(200);
        return customer;
    }

    /** The newest first: {@code succeeded 500}. */
    static List<String> recharges(Customer customer) {
        return Customer.get(customer.path("/recharges")).is(200).rows("data", "status", "credits");
    }

    static void becomes(Customer customer, String... recharges) {
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> recharges(customer).equals(List.of(recharges)),
                () -> "the recharges are " + List.of(recharges) + " and not " + recharges(customer));
    }

    /** What was announced of recharges, by type and reason. */
    static List<String> announced(Customer customer) {
        List<String> announced = new ArrayList<>();
        for (JsonNode event :
                Customer.get(customer.path("/events?limit=1000")).is(200).json().path("data")) {
            String type = event.path("type").asText();
            if (type.startsWith("recharge.")) {
                announced.add((type + " " + event.at("/data/reason").asText()).strip());
            }
        }
        return announced;
    }

    static void isProven(Customer customer) {
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }
}
