package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.trace.Collecting;
import ai.mavster.credits.trace.Collector;
import ai.mavster.credits.trace.Collector.SentSpan;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector is sent of deliveries. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Collecting.class)
@TestProfile(DeliveryTracesTest.Traced.class)
class DeliveryTracesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long CLIENT = 3;

    /** All traces. */
    public static final class Traced implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false");
        }
    }

    Collector collector;

    @Inject
    DeliveryLoop loop;

    private final Receiver receiver = Receiver.start();

    @BeforeEach
    void deliver() {
        loop.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        loop.stop();
    }

    private List<SentSpan> deliveries(Endpoint endpoint) {
        return collector.spans().stream()
                .filter(span -> span.name().equals("webhook delivery"))
                .filter(span -> endpoint.id().equals(span.attributes().get("webhook.endpoint_id")))
                .toList();
    }

    @Test
    void eachAttemptIsATraceThatDoesNotSayWhereItWent() {
        receiver.answers(500);
        Customer customer = Customer.create();
        Endpoint endpoint = Endpoint.of(customer, receiver, "");
        customer.topUp("1").is(201);
        Eventually.holds(SOON, () -> !receiver.received().isEmpty(), () -> "the first attempt");
        receiver.answers(204);

        Eventually.holds(SOON, () -> deliveries(endpoint).size() == 2, () -> "two of " + collector.spans());
        SentSpan refused = deliveries(endpoint).get(0);
        SentSpan taken = deliveries(endpoint).get(1);
        assertThat(refused.attributes())
                .containsEntry("event.id", receiver.received().get(0).header("webhook-id"))
                .containsEntry("event.type", "top_up.posted")
                .containsEntry("webhook.attempt", "1")
                .containsEntry("http.response.status_code", "500")
                .containsEntry("error.type", "status");
        assertThat(refused.failed()).isTrue();
        assertThat(refused.kind()).isEqualTo(CLIENT);
        assertThat(refused.parentId()).isEmpty();
        assertThat(refused.traceId()).isNotEqualTo(taken.traceId());
        assertThat(taken.attributes())
                .containsEntry("event.id", refused.attributes().get("event.id"))
                .containsEntry("webhook.attempt", "2")
                .containsEntry("http.response.status_code", "204")
                .doesNotContainKey("error.type");
        assertThat(taken.failed()).isFalse();
        assertThat(taken.start()).isGreaterThanOrEqualTo(refused.end());
        assertThat(collector.spans().toString()).doesNotContain("/hook").doesNotContain(endpoint.secret());
        assertThat(receiver.received())
                .allSatisfy(request -> assertThat(request.header("traceparent")).isEmpty());
    }
}
