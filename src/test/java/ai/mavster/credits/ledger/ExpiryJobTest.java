package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
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
        behind.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        hold(behind, "10", "PT1H");
        Scrape before = Scrape.now();

        job.run();

        assertThat(Scrape.now().of(BATCHES)).isEqualTo(before.of(BATCHES)).isPositive();
        assertThat(behind.balance().all("balance", "held")).isEqualTo("3050 10");
    }

    /** In the books themselves: what reads show would be right without it. */
    @Test
    void theJobLetsGoOfWhatExpiredHoldsReserveOfIdleAccounts() throws SQLException {
        LedgerRows rows = new LedgerRows(TestDatabase.shared());
        Customer idle = Customer.having("10");
        Customer other = Customer.having("100");
        String inAMinute = Instant.now().plus(Duration.ofMinutes(1)).toString();
        idle.grant("50", ", 'expires_at': '" + inAMinute + "'").is(201);
        hold(idle, "60", "PT1H");
        hold(other, "30", "PT1H");
        hold(other, "20", "PT2H");

        clock.moveBy(Duration.ofMinutes(59));
        job.run();
        assertThat(books(rows, idle)).isEqualTo("60 of 60");
        assertThat(books(rows, other)).isEqualTo("50 of 100");

        clock.moveBy(Duration.ofMinutes(1).plusSeconds(1));
        job.run();
        assertThat(books(rows, idle)).isEqualTo("0 of 10");
        assertThat(books(rows, other)).isEqualTo("20 of 100");
        assertThat(idle.entries("?kind=expiry").rows("data", "credits", "balance_after"))
                .containsExactly("-50 10");
        assertThat(idle.proof().all("balanced", "chain_intact", "balance")).isEqualTo("true true 10");
    }

    private static void hold(Customer customer, String credits, String lasting) {
        String run = "{'hold': %s, 'hold_expires_in': '%s'}";
        Customer.post(customer.path("/runs"), Customer.newKey(), run.formatted(credits, lasting))
                .is(201);
    }

    /** What is held of an account's balance, in whole credits. */
    private static String books(LedgerRows rows, Customer customer) throws SQLException {
        return rows.texts(
                        "SELECT held / 1000000 || ' of ' || balance / 1000000 FROM account_balance WHERE account_id = ?",
                        customer.id)
                .get(0);
    }
}
