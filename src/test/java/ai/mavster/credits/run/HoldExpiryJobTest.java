package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.database.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Holds of accounts that go by another time are none of the job's. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HoldExpiryJobTest {

    private static final String BATCHES = "ledger_batch_size_count";

    @Inject
    HoldExpiryJob job;

    @Test
    void theJobDoesNotEvenLookAtAccountsOnTestClocks() {
        job.run();
        Customer behind = Customer.onTestClock("2001-01-10T09:00:00Z");
        behind.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        Customer.post("/v1/runs", Customer.newKey(), "{'account_id': '" + behind.id + "', 'hold': 10}")
                .is(201);
        Scrape before = Scrape.now();

        job.run();

        assertThat(Scrape.now().of(BATCHES)).isEqualTo(before.of(BATCHES)).isPositive();
        assertThat(behind.balance().at("held")).isEqualTo("10");
    }
}
