package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.named;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set aside for a run serves those that it calls, and is never set aside twice. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class NestedHoldTest {

    private static final Instant START = Instant.parse("2027-01-10T10:00:00Z");

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static Reply begin(Customer customer, String runId, String parentRunId, String hold) {
        String below = parentRunId == null ? "" : ", 'parent_run_id': '" + parentRunId + "'";
        return start(customer, named(runId) + below + (hold == null ? "" : ", 'hold': " + hold));
    }

    /** Amount, captured, released, remaining, and what was moved here. */
    private static String hold(Customer customer, String runId) {
        return run(customer, runId)
                .all("hold/amount", "hold/captured", "hold/released", "hold/remaining", "hold/moved");
    }

    private static String held(Customer customer) {
        return customer.balance().all("balance", "held", "available");
    }

    @Test
    void aHoldMovesDownAndWhatIsNotUsedMovesUpAgain() {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "60").is(201);
        begin(customer, "test", "suite", "40").is(201);

        assertThat(held(customer)).isEqualTo("100 60 40");
        assertThat(hold(customer, "suite")).isEqualTo("60 0 40 20 0");
        assertThat(hold(customer, "test")).isEqualTo("40 0 0 40 40");
        customer.debit("40.000001").is(402, "insufficient_credits");

        debit(customer, "test", "15").is(201);
        finish(customer, "test", "success").is(200);
        assertThat(hold(customer, "test")).isEqualTo("40 15 25 0 40");
        assertThat(hold(customer, "suite")).isEqualTo("60 0 15 45 0");
        assertThat(held(customer)).isEqualTo("85 45 40");

        finish(customer, "suite", "success").is(200);
        assertThat(held(customer)).isEqualTo("85 0 85");
        isProved(customer);
    }

    /** The suite holds 30, the group 20 of them, and the test asks for more than both have left. */
    @ParameterizedTest
    @CsvSource({
        // asked, moved, held then, left to the suite and the group
        "5, 5, 30, 10 15",
        "20, 20, 30, 10 0",
        "25, 25, 30, 5 0",
        "30, 30, 30, 0 0",
        "50, 30, 50, 0 0",
        "100, 30, 100, 0 0"
    })
    void theNearestIsTakenFirstAndTheRestIsReservedAnew(String asked, String moved, String held, String left) {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "30").is(201);
        begin(customer, "group", "suite", "20").is(201);

        assertThat(begin(customer, "test", "group", asked).is(201).all("hold/amount", "hold/moved"))
                .isEqualTo(asked + " " + moved);

        assertThat(customer.balance().at("held")).isEqualTo(held);
        assertThat(run(customer, "suite").at("hold/remaining") + " "
                        + run(customer, "group").at("hold/remaining"))
                .isEqualTo(left);
        isProved(customer);
    }

    @Test
    void moreThanIsThereIsRefusedAndMovesNothing() {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "60").is(201);
        begin(customer, "other", null, "30").is(201);

        Reply refused = begin(customer, "test", "suite", "70.5").is(402, "insufficient_credits");

        assertThat(refused.all("required", "available", "shortfall", "retryable_after"))
                .isEqualTo("70.5 70 0.5 hold");
        assertThat(hold(customer, "suite")).isEqualTo("60 0 0 60 0");
        begin(customer, "test", "suite", "70").is(201);
        assertThat(held(customer)).isEqualTo("100 100 0");
    }

    /** Moved credits are used before those that were reserved anew. */
    @ParameterizedTest
    @CsvSource({
        // spent by the test, given back, released
        "0, 10, 20",
        "4, 6, 20",
        "10, 0, 20",
        "12, 0, 18",
        "30, 0, 0"
    })
    void whatWasMovedIsUsedFirst(String spent, String back, String released) {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "10").is(201);
        begin(customer, "test", "suite", "30").is(201);
        if (!spent.equals("0")) {
            debit(customer, "test", spent).is(201);
        }
        String heldBefore = customer.balance().at("held");

        finish(customer, "test", "success").is(200);

        assertThat(run(customer, "suite").at("hold/remaining")).isEqualTo(back);
        assertThat(customer.balance().at("held")).isEqualTo(back);
        assertThat(new BigDecimal(heldBefore).subtract(new BigDecimal(back))).isEqualByComparingTo(released);
        isProved(customer);
    }

    /** What a run below has used of it is used, and is not given back by the one in between. */
    @Test
    void whatWasUsedFurtherDownIsNotGivenBack() {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "10").is(201);
        begin(customer, "group", "suite", "20").is(201);
        begin(customer, "test", "group", "15").is(201);
        debit(customer, "test", "12").is(201);
        finish(customer, "test", "success").is(200);
        assertThat(hold(customer, "group")).isEqualTo("20 0 12 8 10");

        finish(customer, "group", "success").is(200);

        assertThat(hold(customer, "suite")).isEqualTo("10 0 10 0 0");
        assertThat(held(customer)).isEqualTo("88 0 88");
        isProved(customer);
    }

    @Test
    void whoeverStillRunsAboveGetsItBack() {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "50").is(201);
        begin(customer, "group", "suite", "40").is(201);
        begin(customer, "test", "group", "30").is(201);
        begin(customer, "other", "group", null).is(201);

        finish(customer, "group", "success").is(200);
        assertThat(hold(customer, "group")).isEqualTo("40 0 40 0 40");
        assertThat(hold(customer, "suite")).isEqualTo("50 0 30 20 0");
        finish(customer, "test", "success").is(200);
        assertThat(hold(customer, "suite")).isEqualTo("50 0 0 50 0");
        debit(customer, "other", "8").is(201);
        assertThat(hold(customer, "suite")).isEqualTo("50 8 0 42 0");
        finish(customer, "suite", "success").is(200);
        assertThat(held(customer)).isEqualTo("92 0 92");
        isProved(customer);
    }

    @Test
    void whereNobodyAboveRunsAnyMoreItIsReleased() {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "50").is(201);
        begin(customer, "test", "suite", "30").is(201);
        finish(customer, "suite", "failed").is(200);
        assertThat(held(customer)).isEqualTo("100 30 70");
        debit(customer, "test", "10").is(201);
        finish(customer, "test", "success").is(200);
        assertThat(held(customer)).isEqualTo("90 0 90");
        assertThat(hold(customer, "suite")).isEqualTo("50 0 50 0 0");
        isProved(customer);
    }

    /** A run above that had no hold when it was moved may have one by the end. */
    @Test
    void oneThatGaveNothingMayGetSomething() {
        Customer customer = Customer.having("100");
        begin(customer, "suite", null, "50").is(201);
        begin(customer, "group", "suite", null).is(201);
        begin(customer, "test", "group", "30").is(201);
        extend(customer, "group", Customer.newKey(), "5").is(200);
        finish(customer, "test", "success").is(200);
        assertThat(hold(customer, "group")).isEqualTo("35 0 0 35 0");
        assertThat(hold(customer, "suite")).isEqualTo("50 0 30 20 0");
        assertThat(held(customer)).isEqualTo("100 55 45");
        isProved(customer);
    }

    @Test
    void aHoldThatExpiresGivesNothingBack() {
        Customer customer = Customer.having("100");
        clock.stopAt(START);
        customer.bring("100");
        begin(customer, "suite", null, "50").is(201);
        start(customer, named("test") + ", 'parent_run_id': 'suite', 'hold': 30, 'hold_expires_in': 'PT10M'")
                .is(201);

        clock.stopAt(START.plus(Duration.ofMinutes(10)));

        assertThat(held(customer)).isEqualTo("100 20 80");
        finish(customer, "test", "success").is(200);
        assertThat(hold(customer, "test")).isEqualTo("30 0 30 0 30");
        assertThat(hold(customer, "suite")).isEqualTo("50 0 30 20 0");
        isProved(customer);
    }

    @Test
    void aRunWhoseHoldHasExpiredGetsNothingBack() {
        Customer customer = Customer.having("100");
        clock.stopAt(START);
        customer.bring("100");
        start(customer, named("suite") + ", 'hold': 50, 'hold_expires_in': 'PT10M'")
                .is(201);
        begin(customer, "test", "suite", "30").is(201);

        clock.stopAt(START.plus(Duration.ofMinutes(10)));
        finish(customer, "test", "success").is(200);

        assertThat(held(customer)).isEqualTo("100 0 100");
        isProved(customer);
    }

    /** A grant that has expired under a hold stays for whoever that was moved to, and for nobody longer. */
    @Test
    void whatAHoldHasKeptIsMovedWithIt() {
        clock.stopAt(START);
        Customer customer = Customer.having("0");
        customer.grant("40", ", 'expires_at': '" + START.plus(Duration.ofMinutes(5)) + "'")
                .is(201);
        begin(customer, "suite", null, "40").is(201);
        clock.stopAt(START.plus(Duration.ofMinutes(10)));
        customer.topUp("60").is(201);
        begin(customer, "test", "suite", "30").is(201);
        assertThat(held(customer)).isEqualTo("100 40 60");

        debit(customer, "test", "10").is(201);
        finish(customer, "test", "success").is(200);
        assertThat(held(customer)).isEqualTo("90 30 60");
        finish(customer, "suite", "success").is(200);
        assertThat(held(customer)).isEqualTo("60 0 60");
        isProved(customer);
    }
}
