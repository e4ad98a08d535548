package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.hold;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set aside for a run: whose it is, how far it goes, and how long it lasts. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HoldTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void moreThanTheHoldComesFromWhatIsAvailable() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");
        assertThat(debit(customer, runId, "70").is(201).all("balance", "held", "available"))
                .isEqualTo("30 0 30");
        assertThat(hold(run(customer, runId))).isEqualTo("40 40 0 0");
        isProved(customer);
    }

    @Test
    void neighboursCannotTakeWhatIsHeld() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 60").is(201).at("run_id");
        customer.debit("40.000001").is(402, "insufficient_credits");
        customer.debit("40").is(201);
        start(customer, ", 'hold': 1").is(402, "insufficient_credits");
        for (int step = 0; step < 6; step++) {
            debit(customer, runId, "10").is(201);
        }
        Reply dry = debit(customer, runId, "0.5").is(402, "insufficient_credits");
        assertThat(dry.all("required", "available", "shortfall")).isEqualTo("0.5 0 0.5");
        assertThat(run(customer, runId).all("status", "reason", "spent")).isEqualTo("running null 60");
        assertThat(finish(customer, runId, "failed").is(200).all("status", "reason"))
                .isEqualTo("failed insufficient_credits");
        isProved(customer);
    }

    /** Half-open: at its instant a hold counts for nothing any more, and a debit then draws on what is available. */
    @ParameterizedTest
    @CsvSource({"-1, 40 10 0 30, 90 30 60", "0, 40 0 40 0, 90 0 90", "1, 40 0 40 0, 90 0 90"})
    void aForgottenHoldIsReleasedAtItsInstant(long micros, String hold, String balance) {
        Customer customer = Customer.having("100");
        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        clock.stopAt(start);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.bring("100");
        String runId = start(customer, ", 'hold': 40, 'hold_expires_in': 'PT30M'")
                .is(201)
                .at("run_id");

        clock.stopAt(start.plus(Duration.ofMinutes(30)).plusNanos(micros * 1_000));
        debit(customer, runId, "10").is(201);

        assertThat(hold(run(customer, runId))).isEqualTo(hold);
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo(balance);
        isProved(customer);
    }

    @Test
    void everyReadLeavesOutWhatHasExpired() {
        Customer customer = Customer.having("100");
        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        clock.stopAt(start);
        customer.bring("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");

        clock.stopAt(start.plus(Duration.ofHours(1)));

        assertThat(customer.balance().all("held", "available")).isEqualTo("0 100");
        assertThat(hold(run(customer, runId))).isEqualTo("40 0 40 0");
        customer.debit("100").is(201);
    }

    @Test
    void anExtensionKeepsAHoldForAsLongAgain() {
        Customer customer = Customer.having("100");
        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        clock.stopAt(start);
        customer.bring("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");
        clock.stopAt(start.plus(Duration.ofMinutes(50)));
        extend(customer, runId, Customer.newKey(), "1").is(200);
        clock.stopAt(start.plus(Duration.ofMinutes(109)));
        assertThat(customer.balance().at("held")).isEqualTo("41");
        clock.stopAt(start.plus(Duration.ofMinutes(110)));
        assertThat(customer.balance().at("held")).isEqualTo("0");
    }

    @Test
    void whoRepeatsIsToldTheHoldAsItWasAlsoOnceItHasExpired() {
        Customer customer = Customer.having("100");
        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        clock.stopAt(start);
        customer.bring("100");
        String key = Customer.newKey();
        Reply started = start(customer, key, ", 'hold': 40").is(201);
        String runId = started.at("run_id");
        String more = Customer.newKey();
        Reply extended = extend(customer, runId, more, "1").is(200);

        clock.stopAt(start.plus(Duration.ofHours(1)));

        assertThat(start(customer, key, ", 'hold': 40").is(201).json()).isEqualTo(started.json());
        assertThat(extend(customer, runId, more, "1").is(200).json()).isEqualTo(extended.json());
        assertThat(hold(run(customer, runId))).isEqualTo("41 0 41 0");
    }
}
