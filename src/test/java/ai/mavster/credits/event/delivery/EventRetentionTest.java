package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.event.delivery.Receiver.Answer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is old leaves, and what is to be erased goes: never the number that the next event follows. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EventRetentionTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    DeliveryLoop loop;

    @Inject
    EventRetention retention;

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    private final Receiver receiver = Receiver.start();

    /** Events leave by the time of their ids, which never goes back, though that of the tests before did. */
    @BeforeEach
    void deliver() {
        long milliseconds = UuidV7.next(clock.instant()).getMostSignificantBits() >>> 16;
        clock.moveBy(Duration.between(clock.instant(), Instant.ofEpochMilli(milliseconds + 1)));
        loop.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        loop.stop();
        clock.reset();
    }

    private void awaitNothingPending(Endpoint endpoint, Customer customer, int received) {
        Eventually.holds(
                SOON,
                () -> receiver.sequences(customer.id).size() == received
                        && endpoint.read().at("pending").equals("0"),
                () -> "all is delivered, and not only " + receiver.sequences(customer.id));
    }

    @Test
    void afterThirtyDaysEventsLeaveAndNumbersGoOn() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        customer.topUp("1").is(201);
        customer.topUp("2").is(201);
        awaitNothingPending(endpoint, customer, 2);
        clock.moveBy(Duration.ofDays(15));
        customer.topUp("3").is(201);
        awaitNothingPending(endpoint, customer, 3);
        retention.run();
        assertThat(sequences(customer)).containsExactly("1", "2", "3");

        clock.moveBy(Duration.ofDays(15).plusMinutes(1));
        retention.run();
        assertThat(sequences(customer)).containsExactly("3");
        assertThat(endpoint.deliveries("").rows("data", "sequence")).containsExactly("3");

        clock.moveBy(Duration.ofDays(15));
        retention.run();
        assertThat(sequences(customer)).isEmpty();
        customer.topUp("4").is(201);
        awaitNothingPending(endpoint, customer, 4);
        assertThat(receiver.sequences(customer.id)).containsExactly(1L, 2L, 3L, 4L);
    }

    /** Nobody has handed it on yet: whoever does has to find it. */
    @Test
    void whatWasNotHandedOnStays() {
        loop.stop();
        Customer customer = Customer.create();
        customer.topUp("1").is(201);
        clock.moveBy(Duration.ofDays(31));
        retention.run();
        assertThat(sequences(customer)).containsExactly("1");
    }

    private static List<String> sequences(Customer customer) {
        return Customer.get(customer.path("/events")).is(200).rows("data", "data/sequence");
    }

    @Test
    void whatBelongsToADeletedEndpointLeaves() {
        Customer customer = Customer.create();
        String name = "Hooks of " + customer.id;
        Endpoint endpoint = Endpoint.of(customer, receiver, ", 'name': '" + name + "'");
        receiver.answers(request -> Answer.of(500, "An answer"));
        customer.topUp("1").is(201);
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("1"), () -> "it has failed");
        String uuid = endpoint.id().replace("endpoint_", "");
        assertThat(Dump.rowsOf(database, uuid))
                .containsOnlyKeys("webhook_endpoint", "webhook_delivery", "webhook_queue", "webhook_attempt");
        assertThat(endpoint.delete()).isEqualTo(204);
        assertThat(Dump.rowsWith(database, name)).isEmpty();
        retention.run();
        assertThat(Dump.rowsOf(database, uuid)).isEmpty();
        assertThat(sequences(customer)).containsExactly("1");
    }

    /** What receivers answer are words of others. */
    @Test
    void whatWasAnsweredIsErasedWithItsAccount() {
        Customer customer = Customer.create();
        Customer other = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, ", 'name': 'Hers " + customer.id + "'");
        receiver.answers(request -> Answer.of(500, "Thank you " + request.accountId()));
        Endpoint kept = Endpoint.of(other, receiver, ", 'name': 'His'");
        customer.topUp("1").is(201);
        other.topUp("1").is(201);
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("1"), () -> "it has failed");
        Eventually.holds(SOON, () -> kept.read().at("failures").equals("1"), () -> "it has failed");
        assertThat(Dump.rowsWith(database, "Thank you " + customer.id)).hasSize(1);
        assertThat(Dump.rowsWith(database, "Hers " + customer.id)).hasSize(1);

        customer.close("").is(200);
        Reply erased = customer.erase().is(200);
        assertThat(erased.at("erasure")).isEqualTo("completed");
        assertThat(Dump.rowsWith(database, "Thank you " + customer.id)).isEmpty();
        assertThat(Dump.rowsWith(database, "Hers " + customer.id)).isEmpty();
        Customer.get(endpoint.path("")).is(404, "not_found");
        assertThat(Dump.rowsWith(database, "Thank you " + other.id)).hasSize(1);
        assertThat(kept.read().at("name")).isEqualTo("His");
    }
}
