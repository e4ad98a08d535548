package ai.mavster.credits.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an account has, asked for again and again. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BalanceTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        Customer customer = Customer.having("100");
        String eTag = customer.balance().eTag();
        assertThat(eTag).startsWith("\"").endsWith("\"");
        clock.moveBy(Duration.ofMinutes(1));

        Reply unchanged = customer.balanceUnless(eTag);
        assertThat(unchanged).isEqualTo(new Reply(304, null, eTag, ""));
        assertThat(customer.balanceUnless("\"other\", " + eTag).status()).isEqualTo(304);
        assertThat(customer.balanceUnless("*").status()).isEqualTo(304);

        customer.debit("1").is(201);
        Reply changed = customer.balanceUnless(eTag).is(200);
        assertThat(changed.at("balance")).isEqualTo("99");
        assertThat(changed.eTag()).isNotEqualTo(eTag);
    }

    @Test
    void anotherStatusOrPlanIsAnotherBalance() {
        Customer customer = Customer.having("100");
        String active = customer.balance().eTag();
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);
        String paused = customer.balance().eTag();
        customer.subscribe("{'plan': 'pro', 'status': 'active'}").is(200);
        String pro = customer.balance().eTag();
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);

        assertThat(active).isNotEqualTo(paused).isNotEqualTo(pro);
        assertThat(customer.balance().eTag()).isEqualTo(active);
    }

    /** No job has been by and nobody has written: the balance knows the time all the same. */
    @Test
    void whatHasExpiredIsGoneFromItsInstantOn() {
        Customer customer = Customer.having("100");
        Instant end = Instant.now().plus(Duration.ofHours(1));
        customer.grant("50", ", 'expires_at': '" + end + "'").is(201);
        String eTag = customer.balance().eTag();
        assertThat(customer.balance().at("balance")).isEqualTo("150");

        clock.stopAt(end);

        assertThat(customer.balanceUnless(eTag).is(200).all("balance", "available", "spendable"))
                .isEqualTo("100 100 100");
        assertThat(Customer.get(customer.path("")).at("balance")).isEqualTo("100");
        assertThat(customer.grants().rows("data", "kind", "remaining", "burn_order"))
                .containsExactly("promotional 0 null", "monthly 100 1");
        assertThat(customer.entries("").at("data/0/kind")).isEqualTo("promotional");
        assertThat(customer.proof().all("balanced", "balance")).isEqualTo("true 150");
    }

    @Test
    void theAccountShowsItsSubscription() {
        Customer customer = Customer.having("100");

        assertThat(Customer.get(customer.path(""))
                        .is(200)
                        .all("account_id", "balance", "held", "available", "subscription/plan", "next_grant/amount"))
                .isEqualTo(customer.id + " 100 0 100 basic 3000");
        Customer.get("/v1/accounts/story-nobody/balance").is(404, "account_not_found");
    }
}
