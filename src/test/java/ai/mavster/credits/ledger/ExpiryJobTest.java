package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.database.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The books of accounts that nobody uses. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExpiryJobTest {

    private static final String BATCHES = "ledger_batch_size_count";

    @Inject
    ExpiryJob job;

    @Inject
    MovableClock clock;

    @AfterEach
    void back() {
        clock.reset();
    }

    @Test
    void theJobTakesOutWhatHasExpiredFromIdleAccountsOnce() {
        Customer idle = Customer.having("10");
        Customer other = Customer.having("5");
        String inAnHour = Instant.now().plus(Duration.ofHours(1)).toString();
        idle.grant("50", ", 'expires_at': '" + inAnHour + "'").is(201);
        other.grant("7", ", 'expires_at': '" + inAnHour + "'").is(201);

        job.run();
        assertThat(idle.entries("?kind=expiry").rows("data", "credits")).isEmpty();

        clock.moveBy(Duration.ofHours(1).plusSeconds(1));
        job.run();
        job.run();

        assertThat(idle.entries("?kind=expiry").rows("data", "credits", "balance_after"))
                .containsExactly("-50 10");
        assertThat(other.entries("?kind=expiry").rows("data", "credits", "balance_after"))
                .containsExactly("-7 5");
        assertThat(idle.proof().all("balanced", "chain_intact", "balance")).isEqualTo("true true 10");
    }

    @Test
    void theJobDoesNotEvenLookAtAccountsOnTestClocks() {
        job.run();
        Customer behind = Customer.onTestClock("2001-01-10T09:00:00Z");
        behind.grant("50", ", 'expires_at': '2001-02-01T00:00:00Z'").is(201);
        Scrape before = Scrape.now();

        job.run();

        assertThat(Scrape.now().of(BATCHES)).isEqualTo(before.of(BATCHES)).isPositive();
        assertThat(behind.balance().at("balance")).isEqualTo("50");
    }
}
