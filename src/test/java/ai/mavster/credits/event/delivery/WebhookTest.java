package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.event.delivery.Receiver.Answer;
import ai.mavster.credits.event.delivery.Receiver.Received;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an account is told to who listens: signed, in order, until it is taken. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WebhookTest {

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

    @Test
    void allOfIsDeliveredInOrderAndSigned() throws WebhookVerificationException {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        for (int i = 1; i <= 10; i++) {
            customer.topUp(String.valueOf(i)).is(201);
        }
        awaitReceived(customer, 10);
        assertThat(receiver.sequences(customer.id)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        Reply events = Customer.get(customer.path("/events")).is(200);
        for (int i = 0; i < 10; i++) {
            Received request = receiver.received().get(i);
            assertThat(request.json()).isEqualTo(events.json().at("/data/" + i));
            assertThat(request.header("webhook-id")).isEqualTo(events.at("data/" + i + "/id"));
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.path()).isEqualTo("/hook");
            request.verify(endpoint.secret());
            Received tampered =
                    new Received("/hook", request.headers(), request.body().replace("12", "13") + " ");
            assertThatThrownBy(() -> tampered.verify(endpoint.secret()))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThatThrownBy(() -> request.verify("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        Eventually.holds(SOON, () -> endpoint.read().at("pending").equals("0"), () -> "nothing is pending");
        assertThat(endpoint.read().all("failures", "failing_since", "enabled")).isEqualTo("0 null true");
        assertThat(endpoint.read().at("last_success_at")).isNotNull();
        assertThat(endpoint.deliveries("?status=delivered").rows("data", "attempts"))
                .hasSize(10)
                .containsOnly("1");
    }

    /** Told by its time, which is under the signature: what was recorded cannot be sent again later. */
    @Test
    void whatIsOldIsRefusedByWhoVerifies() {
        clock.moveBy(Duration.ofMinutes(-10));
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        customer.topUp("1").is(201);
        awaitReceived(customer, 1);
        assertThatThrownBy(() -> receiver.received().get(0).verify(endpoint.secret()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void aSecretIsGoodForATimeBesideTheNext() throws WebhookVerificationException {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        Reply rotated = Customer.post(endpoint.path("/rotate"), "").is(200);
        String next = rotated.at("secret");
        assertThat(next).startsWith("whsec_").isNotEqualTo(endpoint.secret());
        customer.topUp("1").is(201);
        awaitReceived(customer, 1);
        Received request = receiver.received().get(0);
        request.verify(endpoint.secret());
        request.verify(next);
        assertThat(request.header("webhook-signature").split(" ", -1)).hasSize(2);
        assertThat(endpoint.read().at("previous_secret_until")).isEqualTo(rotated.at("previous_secret_until"));

        clock.moveBy(Duration.ofDays(1));
        customer.topUp("1").is(201);
        awaitReceived(customer, 2);
        assertThat(receiver.received().get(1).header("webhook-signature").split(" ", -1))
                .hasSize(1);
        assertThat(endpoint.read().at("previous_secret_until")).isNull();
    }

    @Test
    void secretsAreShownOnce() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        assertThat(endpoint.read().body()).doesNotContain("secret\"", "whsec_");
        assertThat(Customer.get("/v1/webhook-endpoints").is(200).body()).doesNotContain("secret\"", "whsec_");
    }

    @Test
    void anEndpointGetsWhatItIsFor() {
        Customer customer = Customer.create();
        Customer other = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, ", 'types': ['grant.posted', 'budget.exceeded']");
        customer.topUp("1").is(201);
        customer.grant("2", "").is(201);
        other.grant("3", "").is(201);
        customer.grant("4", "").is(201);
        awaitReceived(customer, 2);
        assertThat(receiver.sequences(customer.id)).containsExactly(2L, 3L);
        assertThat(receiver.sequences(other.id)).isEmpty();

        Customer.put(endpoint.path(""), "{'types': null}").is(200);
        customer.topUp("5").is(201);
        awaitReceived(customer, 3);
        Customer.put(endpoint.path(""), "{'enabled': false}").is(200);
        customer.topUp("6").is(201);
        Customer.put(endpoint.path(""), "{'enabled': true}").is(200);
        customer.topUp("7").is(201);
        awaitReceived(customer, 4);
        assertThat(receiver.sequences(customer.id)).startsWith(2L, 3L, 4L);
    }

    @Test
    void aRangeIsDeliveredAgain() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, ", 'types': ['top_up.posted']");
        customer.topUp("1").is(201);
        customer.grant("2", "").is(201);
        customer.topUp("3").is(201);
        awaitReceived(customer, 2);
        Eventually.holds(SOON, () -> endpoint.read().at("pending").equals("0"), () -> "nothing is pending");
        String range = "{'from': '2026-01-01T00:00:00Z', 'to': '2999-01-01T00:00:00Z'}";
        assertThat(Customer.post(endpoint.path("/redeliver"), range).is(200).all("deliveries", "has_more"))
                .isEqualTo("2 false");
        awaitReceived(customer, 4);
        assertThat(receiver.sequences(customer.id)).containsExactly(1L, 3L, 1L, 3L);
        assertThat(Customer.post(
                                endpoint.path("/redeliver"),
                                "{'from': '2020-01-01T00:00:00Z', 'to': '2020-01-02T00:00:00Z'}")
                        .is(200)
                        .at("deliveries"))
                .isEqualTo("0");
    }

    @Test
    void anEndpointCanBeTried() throws WebhookVerificationException {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        Customer.put(endpoint.path(""), "{'enabled': false}").is(200);
        receiver.answers(request -> Answer.of(200, "I am here"));
        Reply tried = Customer.post(endpoint.path("/test"), "").is(200);
        assertThat(tried.all("delivered", "status", "failure", "answer")).isEqualTo("true 200 null I am here");
        Received request = receiver.received().get(0);
        request.verify(endpoint.secret());
        assertThat(request.json().path("type").asText()).isEqualTo("webhook_endpoint.test");
        assertThat(request.header("webhook-id")).isEqualTo(tried.at("event_id"));
        receiver.answers(404);
        assertThat(Customer.post(endpoint.path("/test"), "").is(200).all("delivered", "status", "failure"))
                .isEqualTo("false 404 status");
        assertThat(endpoint.read().all("failures", "pending")).isEqualTo("0 0");
        Customer.post("/v1/webhook-endpoints/endpoint_1/test", "").is(404, "not_found");
    }

    @Test
    void whoIsDeletedGetsNothing() {
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        Endpoint left = Endpoint.of(customer, receiver, "");
        customer.topUp("1").is(201);
        awaitReceived(customer, 2);
        assertThat(endpoint.delete()).isEqualTo(204);
        assertThat(endpoint.delete()).isEqualTo(404);
        Customer.get(endpoint.path("")).is(404, "not_found");
        customer.topUp("2").is(201);
        awaitReceived(customer, 3);
        Eventually.holds(SOON, () -> left.read().at("pending").equals("0"), () -> "nothing is pending");
        assertThat(receiver.sequences(customer.id)).containsExactly(1L, 1L, 2L);
    }

    private void awaitReceived(Customer customer, int events) {
        Eventually.holds(
                SOON,
                () -> receiver.sequences(customer.id).size() >= events,
                () -> events + " events are received, and not only " + receiver.sequences(customer.id));
    }
}
