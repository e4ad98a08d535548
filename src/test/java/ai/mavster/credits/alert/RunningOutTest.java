package ai.mavster.credits.alert;

import static ai.mavster.credits.alert.AlertCalls.set;
import static ai.mavster.credits.alert.AlertCalls.told;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That credits run out before the renewal is told in time, and once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunningOutTest {

    private static final String RUN_RATE = "?scope=run_rate";

    @Inject
    RunningOutJob job;

    @Inject
    MovableClock clock;

    @Inject
    Ledger ledger;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    /** On basic since three days, in which it has used so much of its 3000 credits. */
    private Customer after3Days(String used) {
        Customer customer = Customer.on("basic");
        customer.debit(used).is(201);
        clock.moveBy(Duration.ofDays(3));
        return customer;
    }

    @Test
    void itIsToldOnceAPeriod() {
        Customer customer = after3Days("1200");
        job.run();
        Reply alerts = Customer.get(customer.path("/alerts" + RUN_RATE)).is(200);
        assertThat(alerts.rows("data", "scope", "scope_id", "threshold", "limit"))
                .containsExactly("run_rate " + customer.id + " null 1800");
        assertThat(alerts.at("data/0/window_start"))
                .isEqualTo(customer.subscription().at("current_period/start"));
        // 400 a day, for the rest of the month.
        Instant end = Instant.parse(customer.subscription().at("current_period/end"));
        Credits needed = Credits.parse(alerts.at("data/0/used"));
        long days = Duration.between(clock.instant(), end).toDays();
        assertThat(needed).isBetween(Credits.of(400 * days - 5), Credits.of(400 * days + 405));

        job.run();
        customer.topUp("100000").is(201);
        customer.bring("10");
        job.run();
        assertThat(told(customer, RUN_RATE)).hasSize(1);

        clock.stopAt(end.plus(Duration.ofHours(1)));
        Customer.post("/v1/renewals", "{}").is(200);
        customer.bring("3000");
        customer.debit("2900").is(201);
        job.run();
        assertThat(told(customer, RUN_RATE)).hasSize(2);
    }

    @Test
    void whoHasEnoughIsToldNothing() {
        Customer slow = after3Days("280");
        Customer none = Customer.on("basic");
        Customer given = Customer.on("basic");
        String debit = given.debit("2000").is(201).at("id");
        given.reverse(debit, "{'reason': 'R'}").is(201);
        job.run();
        assertThat(told(slow, RUN_RATE)).isEmpty();
        assertThat(told(none, RUN_RATE)).isEmpty();
        assertThat(told(given, RUN_RATE)).isEmpty();
        slow.debit("30").is(201);
        job.run();
        assertThat(told(slow, RUN_RATE)).hasSize(1);
    }

    @Test
    void whoDoesNotWantToKnowIsNotTold() {
        Customer customer = after3Days("2000");
        set(customer, "{'running_out': false}").is(200);
        job.run();
        assertThat(Outcome.await(ledger.submit(new RaiseRunningOut(customer.id, Credits.of(2000)))))
                .isFalse();
        assertThat(told(customer, RUN_RATE)).isEmpty();
        set(customer, "{'running_out': true}").is(200);
        job.run();
        assertThat(told(customer, RUN_RATE)).hasSize(1);
    }

    @Test
    void thereHasToBeARenewalAndSomethingLeft() {
        Customer ending = after3Days("2000");
        ending.subscribe("{'cancel_at_period_end': true}").is(200);
        Customer paused = Customer.on("basic");
        paused.debit("2999").is(201);
        paused.subscribe("{'status': 'paused'}").is(200);
        Customer empty = Customer.on("basic");
        empty.debit("3000").is(201);
        Customer onTestClock = Customer.onTestClock("2026-03-01T00:00:00Z");
        onTestClock.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        onTestClock.debit("2999").is(201);
        job.run();
        assertThat(told(ending, RUN_RATE)).isEmpty();
        assertThat(told(paused, RUN_RATE)).isEmpty();
        assertThat(told(empty, RUN_RATE)).isEmpty();
        assertThat(told(onTestClock, RUN_RATE)).isEmpty();
    }

    /** As several processes would, and several times. */
    @Test
    void whoeverAsksAtTheSameTimeItIsToldOnce() {
        Customer customer = after3Days("2000");
        List<CompletionStage<Outcome<Boolean>>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(ledger.submit(new RaiseRunningOut(customer.id, Credits.of(2000))));
        }
        assertThat(asked.stream().map(Outcome::await).filter(told -> told)).hasSize(1);
        assertThat(told(customer, RUN_RATE)).hasSize(1);
    }
}
