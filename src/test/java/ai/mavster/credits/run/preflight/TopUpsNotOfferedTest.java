package ai.mavster.credits.run.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Bare;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where credits cannot be bought nobody is sent to buy some. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(Bare.class)
class TopUpsNotOfferedTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void theRenewalIsWhatThereIsToWaitFor() {
        clock.stopAt(Instant.parse("2027-01-10T10:00:00Z"));
        Customer customer = Customer.on("basic");
        Reply tooFew = customer.debit("3012").is(402, "insufficient_credits");
        assertThat(tooFew.all("retryable_after", "action/label", "next_grant/amount"))
                .isEqualTo("renewal See the next renewal 1500");
        assertThat(tooFew.at("detail"))
                .isEqualTo(
                        "This needs 3012 credits; 3000 are available. The renewal on 2027-02-10 grants 1500 credits.");

        Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': 3000}")
                .is(201);
        assertThat(customer.debit("1").is(402).at("retryable_after")).isEqualTo("hold");
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'cancel_at_period_end': true}")
                .is(200);
        Reply last = customer.debit("3001").is(402);
        assertThat(last.all("retryable_after", "next_grant")).isEqualTo("renewal null");
        assertThat(last.at("detail")).endsWith(" More are granted by a renewal only.");
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);
        assertThat(customer.debit("1").is(402).at("retryable_after")).isEqualTo("subscription");
    }
}
