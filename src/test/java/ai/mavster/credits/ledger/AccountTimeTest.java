package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An account's time never goes back, whatever the clocks of two processes say: here one process is an hour ahead, and
 * the other comes after it.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccountTimeTest {

    private static final Duration AHEAD = Duration.ofHours(1);

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private void onTheProcessAhead(Runnable calls) {
        clock.moveBy(AHEAD);
        calls.run();
        clock.moveBy(AHEAD.negated());
    }

    private static Named<Consumer<Customer>> write(String name, Consumer<Customer> call) {
        return Named.of(name, call);
    }

    static Stream<Named<Consumer<Customer>>> writes() {
        return Stream.of(
                write("a debit", customer -> customer.debit("1").is(201)),
                write(
                        "a free debit",
                        customer -> Customer.post(customer.path("/debits"), Customer.newKey(), "{'action': 'wait'}")
                                .is(201)),
                write("a top-up", customer -> customer.topUp("1").is(201)),
                write(
                        "a change of the subscription",
                        customer -> customer.subscribe("{'plan': 'basic', 'status': 'past_due'}")
                                .is(200)),
                write("a start without a hold", customer -> start(customer, "'run_id': 'ahead'")),
                write("a start with a hold", customer -> start(customer, "'run_id': 'ahead', 'hold': 5")),
                write(
                        "a finish",
                        customer -> Customer.post(customer.path("/runs/before/finish"), "{'status': 'success'}")
                                .is(200)));
    }

    private static void start(Customer customer, String fields) {
        Customer.post(customer.path("/runs"), Customer.newKey(), "{" + fields + "}")
                .is(201);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whateverIsWrittenKeepsTheTimeAtWhichItWas(Consumer<Customer> write) {
        Customer customer = Customer.having("10");
        start(customer, "'run_id': 'before'");
        Instant ahead = clock.instant().plus(AHEAD);

        onTheProcessAhead(() -> write.accept(customer));

        assertThat(Instant.parse(customer.balance().at("as_of"))).isAfterOrEqualTo(ahead);
        customer.topUp("2").is(201);
        assertThat(Instant.parse(customer.entries("?limit=1").at("data/0/occurred_at")))
                .isAfterOrEqualTo(ahead);
    }

    @Test
    void readingDoesNotMoveIt() {
        Customer customer = Customer.having("10");
        Instant ahead = clock.instant().plus(AHEAD);

        onTheProcessAhead(() -> {
            customer.balance();
            customer.debit("11").is(402);
        });

        assertThat(Instant.parse(customer.balance().at("as_of"))).isBefore(ahead);
    }

    @Test
    void whatHasExpiredStaysExpired() {
        Customer customer = Customer.having("0");
        Instant soon = clock.instant().plus(Duration.ofMinutes(30));
        customer.grant("7", ", 'expires_at': '" + soon + "'").is(201);

        onTheProcessAhead(() -> customer.topUp("1").is(201));

        assertThat(customer.balance().at("balance")).isEqualTo("1");
        customer.debit("1.000001").is(402);
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }

    @Test
    void aHoldThatHasExpiredReservesNothingAndAnotherLastsFromTheAccountsTimeOn() {
        Customer customer = Customer.having("10");
        start(customer, "'run_id': 'short', 'hold': 8, 'hold_expires_in': 'PT30M'");

        onTheProcessAhead(() -> customer.topUp("1").is(201));

        assertThat(customer.balance().all("balance", "held")).isEqualTo("11 0");
        Instant time = Instant.parse(customer.balance().at("as_of"));
        start(customer, "'run_id': 'long', 'hold': 8, 'hold_expires_in': 'PT30M'");
        String expiresAt = Customer.get(customer.path("/runs/long")).is(200).at("hold/expires_at");
        assertThat(Instant.parse(expiresAt)).isAfterOrEqualTo(time.plus(Duration.ofMinutes(30)));
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }

    @Test
    void changesOfASubscriptionComeInTheOrderOfTheirTimes() {
        Customer customer = Customer.on("basic");
        onTheProcessAhead(() ->
                customer.subscribe("{'plan': 'basic', 'status': 'canceled'}").is(200));
        customer.subscribe("{'plan': 'pro', 'status': 'active'}").is(200);
        customer.debit("1").is(201);

        List<String> times =
                Customer.get(customer.path("/subscription/changes")).is(200).rows("data", "at");
        assertThat(times.stream().map(Instant::parse).toList())
                .hasSizeGreaterThanOrEqualTo(2)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }
}
