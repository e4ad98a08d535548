package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.event.delivery.Receiver.Answer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is not taken is tried again, in order, until it is, or is given up; and nobody else waits for it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WebhookTroubleTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    DeliveryLoop loop;

    @Inject
    MovableClock clock;

    private final Receiver receiver = Receiver.start();

    @BeforeEach
    void deliver() {
        loop.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        loop.stop();
        clock.reset();
    }

    /** In five seconds at the latest, and what comes after it waits. */
    @Test
    void whatIsNotTakenIsTriedAgain() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        receiver.answers(request -> Answer.of(500, "Out of order\0: " + "x".repeat(3_000)));
        customer.topUp("1").is(201);
        customer.topUp("2").is(201);
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("1"), () -> "it has failed");
        Eventually.holds(SOON, () -> endpoint.read().at("pending").equals("2"), () -> "both are pending");
        assertThat(endpoint.read().all("pending", "last_failure", "enabled")).isEqualTo("2 status 500 true");
        Reply pending = endpoint.deliveries("?status=pending");
        assertThat(pending.rows("data", "sequence", "attempts")).containsExactly("2 0", "1 1");
        assertThat(pending.at("data/1/last_attempts/0/answer"))
                .startsWith("Out of order : xxx")
                .hasSize(1_024);
        assertThat(pending.all("data/1/last_attempts/0/status", "data/1/last_attempts/0/failure"))
                .isEqualTo("500 status");
        receiver.answers(204);
        clock.moveBy(Duration.ofSeconds(5));
        awaitReceived(customer, 3);
        assertThat(receiver.sequences(customer.id)).containsExactly(1L, 1L, 2L);
        assertThat(receiver.received().get(1).header("webhook-id"))
                .isEqualTo(receiver.received().get(0).header("webhook-id"));
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("0"), () -> "it does well again");
    }

    @Test
    void whoAsksToBeLeftAloneIs() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        receiver.answers(request -> Answer.of(429).with("Retry-After", "3600"));
        customer.topUp("1").is(201);
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("1"), () -> "it has failed");
        receiver.answers(204);
        clock.moveBy(Duration.ofMinutes(59));
        Customer other = Customer.create();
        Endpoint.of(other, receiver, "");
        other.topUp("1").is(201);
        awaitReceived(other, 1);
        assertThat(receiver.sequences(customer.id)).containsExactly(1L);
        clock.moveBy(Duration.ofMinutes(2));
        awaitReceived(customer, 2);
    }

    @Test
    void whoIsGoneIsDisabledAndWhatIsPendingGoesOnOnceEnabled() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        Receiver other = Receiver.start();
        Endpoint.of(customer, other, "");
        receiver.answers(410);
        customer.topUp("1").is(201);
        Eventually.holds(SOON, () -> endpoint.read().at("enabled").equals("false"), () -> "it is disabled");
        assertThat(endpoint.read().all("disabled_reason", "pending", "last_failure"))
                .isEqualTo("gone 1 status 410");
        customer.topUp("2").is(201);
        Eventually.holds(SOON, () -> other.sequences(customer.id).size() == 2, () -> "the second is handed on");
        other.close();
        receiver.answers(204);
        assertThat(Customer.put(endpoint.path(""), "{'enabled': true}")
                        .is(200)
                        .all("enabled", "disabled_at", "failures"))
                .isEqualTo("true null 0");
        customer.topUp("3").is(201);
        awaitReceived(customer, 3);
        // What was handed on while it was disabled is not for it.
        assertThat(receiver.sequences(customer.id)).containsExactly(1L, 1L, 3L);
        Customer.post(
                        "/v1/events/"
                                + Customer.get(customer.path("/events?after=1")).at("data/0/id") + "/redeliver",
                        "{'endpoint_id': '" + endpoint.id() + "'}")
                .is(200);
        awaitReceived(customer, 4);
        assertThat(receiver.sequences(customer.id)).containsExactly(1L, 1L, 3L, 2L);
    }

    /** One event that cannot be taken is given up, and those after it have their turn. */
    @Test
    void whatIsNeverTakenIsGivenUp() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        receiver.answers(request -> Answer.of(request.sequence() == 1 ? 400 : 204));
        customer.topUp("1").is(201);
        customer.topUp("2").is(201);
        List<String> waits =
                List.of("PT4S", "PT30S", "PT2M", "PT15M", "PT1H", "PT4H", "PT12H", "PT24H", "PT30H", "PT0S");
        for (int tried = 1; tried <= waits.size(); tried++) {
            String attempts = String.valueOf(tried);
            Eventually.holds(
                    SOON,
                    () -> endpoint.deliveries("")
                            .rows("data", "sequence", "attempts")
                            .contains("1 " + attempts),
                    () -> attempts + " attempts");
            clock.moveBy(Duration.parse(waits.get(tried - 1)));
        }
        awaitReceived(customer, 11);
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("0"), () -> "it does well again");
        Reply deliveries = endpoint.deliveries("");
        assertThat(deliveries.rows("data", "sequence", "status", "attempts"))
                .containsExactly("2 delivered 1", "1 failed 10");
        assertThat(deliveries.json().at("/data/1/last_attempts")).hasSize(10);
        assertThat(endpoint.read().all("enabled", "pending")).isEqualTo("true 0");
    }

    @Test
    void whoTakesNothingForDaysIsDisabled() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        receiver.answers(503);
        customer.topUp("1").is(201);
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("1"), () -> "it has failed");
        clock.moveBy(Duration.ofHours(71));
        Eventually.holds(SOON, () -> endpoint.read().at("failures").equals("2"), () -> "it has failed again");
        assertThat(endpoint.read().at("enabled")).isEqualTo("true");
        clock.moveBy(Duration.ofHours(1));
        Eventually.holds(SOON, () -> endpoint.read().at("enabled").equals("false"), () -> "it is disabled");
        assertThat(endpoint.read().all("disabled_reason", "pending", "last_failure"))
                .isEqualTo("failing 1 status 503");
    }

    @Test
    void aReceiverThatNeverAnswersHoldsUpNoOther() {
        CountDownLatch over = new CountDownLatch(1);
        Receiver stuck = Receiver.start();
        try {
            stuck.answers(request -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Answer.of(204);
            });
            List<Customer> customers = List.of(Customer.create(), Customer.create(), Customer.create());
            for (Customer customer : customers) {
                Endpoint.of(customer, stuck, "");
                Endpoint.of(customer, receiver, "");
            }
            customers.forEach(customer -> customer.topUp("1").is(201));
            customers.forEach(customer -> customer.topUp("2").is(201));
            customers.forEach(customer -> awaitReceived(customer, 2));
            assertThat(stuck.received()).hasSizeLessThanOrEqualTo(3);
        } finally {
            over.countDown();
            stuck.close();
        }
    }

    private void awaitReceived(Customer customer, int events) {
        Eventually.holds(
                SOON,
                () -> receiver.sequences(customer.id).size() >= events,
                () -> events + " events are received, and not only " + receiver.sequences(customer.id));
    }
}
