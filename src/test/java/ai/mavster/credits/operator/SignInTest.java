package ai.mavster.credits.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Browser;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may see the operator's pages, and for how long. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SignInTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void anAdminsKeyOpensThemAndItsNameIsShown() {
        Shown opened = Desk.signIn(Desk.key("{'name': 'Ada', 'scopes': ['admin']}"));

        assertThat(opened.is(303).location()).isEqualTo("/operator");
        assertThat(opened.headers().get("set-cookie"))
                .contains("credits_operator=", "Path=/operator", "HTTPOnly", "SameSite=Strict");
        Browser.get("/operator", opened.cookie()).is(200).shows("Health", "Ada");
    }

    @Test
    void anyOtherKeyIsTurnedAway() {
        Customer customer = Customer.create();
        String bound = Desk.key("{'name': 'b', 'scopes': ['admin'], 'account_id': '" + customer.id + "'}");

        Desk.signIn("").is(401);
        Desk.signIn("mck_Zk0c5N0tEYB8sY3b0vJtVq2mYx3Jx1xkJv0sYb8cQ1w")
                .is(401)
                .shows("This key does not open these pages");
        Desk.signIn(Desk.key("{'name': 'r', 'scopes': ['read', 'runner', 'billing', 'top-ups', 'renewals']}"))
                .is(401);
        Desk.signIn(bound).is(401);
        assertThat(Desk.signIn(bound).headers()).doesNotContainKey("set-cookie");
        Desk.open();
    }

    @Test
    void theSessionEndsWithItsKey() {
        String created = Customer.post("/v1/api-keys", "{'name': 'a', 'scopes': ['admin']}")
                .is(201)
                .body();
        String key = created.replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
        String id = created.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        Desk desk = Desk.with(key);
        desk.get("/operator/accounts").is(200);

        Customer.delete("/v1/api-keys/" + id).is(204);

        assertThat(desk.get("/operator/accounts").is(303).location()).isEqualTo("/operator/sign-in");
    }

    @Test
    void theSessionEndsByItselfWithItsKeysTimeAndByItsOperator() {
        String ends = clock.instant().plus(Duration.ofHours(1)).toString();
        Desk ending = Desk.with(Desk.key("{'name': 'a', 'scopes': ['admin'], 'expires_at': '" + ends + "'}"));
        Desk desk = Desk.open();
        Desk other = Desk.open();

        other.post("/operator/sign-out").is(303);
        clock.moveBy(Duration.ofMinutes(61));

        other.get("/operator").is(303);
        ending.get("/operator").is(303);
        desk.get("/operator").is(200);
        clock.moveBy(Duration.ofHours(7));
        desk.get("/operator").is(303);
    }

    @Test
    void whoTriesKeysIsSlowedDown() {
        for (int tries = 0; tries < 10; tries++) {
            Desk.signIn("a guess");
        }

        Desk.signIn("a guess").is(429).shows("Wait a minute");
        Desk.signIn(Customer.ADMIN).is(429);
        clock.moveBy(Duration.ofSeconds(61));
        Desk.signIn(Customer.ADMIN).is(303);
    }
}
