package ai.mavster.credits.payment.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a provider announces is recorded once and processed until it has an end, by loops as of two processes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class InboxTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Inbox inbox;

    @Inject
    InboxQueue queue;

    @Inject
    InboxMetrics metrics;

    @Inject
    InboxRetention retention;

    @Inject
    Gateways gateways;

    @Inject
    MovableClock clock;

    private final String object = "object-" + UUID.randomUUID();
    private final List<DueObject> asked = new CopyOnWriteArrayList<>();
    private final List<InboxLoop> loops = new ArrayList<>();
    private volatile Function<DueObject, Handled> provider = due -> Handled.processed("acct");

    private record Settings(boolean process, int atOnce, Duration kept, String purgeEvery) implements InboxSettings {}

    /** Answers for the objects of this test; what others have left is of no concern. */
    private final class Handler implements EventHandler {

        @Override
        public PaymentGateway.Provider provider() {
            return PaymentGateway.Provider.SANDBOX;
        }

        @Override
        public Handled handle(DueObject due) {
            if (!due.objectId().startsWith(object)) {
                return Handled.ignored("another test's");
            }
            asked.add(due);
            return provider.apply(due);
        }
    }

    @BeforeEach
    void start() {
        for (int i = 0; i < 2; i++) {
            InboxLoop loop = new InboxLoop(
                    queue,
                    new News(),
                    new Settings(true, 4, Duration.ofDays(90), "off"),
                    metrics,
                    gateways,
                    List.of(new Handler()));
            loops.add(loop);
            loop.start(new StartupEvent());
        }
    }

    @AfterEach
    void stop() {
        loops.forEach(loop -> loop.stop(new ShutdownEvent()));
        clock.reset();
    }

    private String receive(String objectId, String eventId, Instant createdAt, String ignored) {
        try {
            inbox.receive(new ReceivedEvent(
                    PaymentGateway.Provider.SANDBOX, eventId, "payment.paid", objectId, createdAt, ignored));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return eventId;
    }

    private String receive(String objectId) {
        return receive(objectId, "event-" + UUID.randomUUID(), Instant.now(), null);
    }

    /** Its status, attempts and detail; empty: it is not listed. */
    private static String row(String eventId) {
        Reply list = Customer.get("/v1/payment-events?limit=1000").is(200);
        return list.rows("data", "id", "status", "attempts", "detail").stream()
                .filter(row -> row.startsWith(eventId + " "))
                .map(row -> row.substring(eventId.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static void becomes(String eventId, String row) {
        Eventually.holds(SOON, () -> row(eventId).equals(row), () -> row(eventId) + " is not " + row);
    }

    @Test
    void anEventIsRecordedOnceHoweverOftenItComes() {
        String event = receive(object);
        becomes(event, "processed 1 null");
        receive(object, event, Instant.now(), null);
        String marker = receive(object + "-marker");
        becomes(marker, "processed 1 null");

        assertThat(row(event)).isEqualTo("processed 1 null");
        assertThat(asked).filteredOn(due -> due.objectId().equals(object)).hasSize(1);
    }

    /** A month late, or before others: the present state is what counts. */
    @Test
    void allEventsOfAnObjectAreOnePieceOfWork() throws InterruptedException {
        Semaphore go = new Semaphore(0);
        provider = due -> {
            go.acquireUninterruptibly();
            return Handled.processed("acct");
        };
        String first = receive(object);
        Eventually.holds(SOON, () -> asked.size() == 1, () -> "nobody is asked");
        String late = receive(object, "late-" + UUID.randomUUID(), Instant.now().minus(Duration.ofDays(30)), null);
        String newer = receive(object);
        go.release(2);

        List.of(first, late, newer).forEach(event -> becomes(event, "processed 1 null"));
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).events()).extracting(DueObject.Event::eventId).containsExactly(late, newer);
        assertThat(asked.get(1).author().id()).isEqualTo(newer);
    }

    @Test
    void ofOneObjectOneIsAskedAtATime() {
        ConcurrentMap<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
        List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
        provider = due -> {
            AtomicInteger count = underWay.computeIfAbsent(due.objectId(), id -> new AtomicInteger());
            if (count.incrementAndGet() > 1) {
                overlaps.add(due.objectId());
            }
            Customer.get("/v1/payment-events?limit=1").is(200);
            count.decrementAndGet();
            return Handled.processed(null);
        };
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(receive(object + "-" + i % 3));
        }
        events.forEach(event -> becomes(event, "processed 1 null"));
        assertThat(overlaps).isEmpty();
    }

    @Test
    void aProviderThatGivesNoAnswerIsAskedAgain() {
        provider = due -> {
            throw switch (asked.size()) {
                case 1 -> GatewayFailure.unknownOutcome("timed out", null);
                case 2 -> GatewayFailure.nothingDone("429", Duration.ofMinutes(3), null);
                default -> new IllegalStateException("half an answer");
            };
        };
        String event = receive(object);
        becomes(event, "received 1 The provider gave no answer: timed out");
        clock.moveBy(Duration.ofSeconds(2));
        becomes(event, "received 2 The provider gave no answer: 429");
        // Not before it has asked for.
        clock.moveBy(Duration.ofSeconds(170));
        String marker = receive(object + "-marker", "marker-" + UUID.randomUUID(), Instant.now(), "a marker");
        assertThat(row(marker)).isEqualTo("ignored 0 a marker");
        assertThat(row(event)).startsWith("received 2 ");
        clock.moveBy(Duration.ofSeconds(11));
        becomes(event, "received 3 It could not be applied: IllegalStateException");

        provider = due -> Handled.processed("acct");
        Customer.post("/v1/payment-events/" + event + "/retry", "").is(200);
        becomes(event, "processed 4 null");
    }

    @Test
    void whatIsUnexplainedStaysUntilItIsExplained() {
        provider = due -> Handled.unexplained(null, "unknown_account");
        String event = receive(object);
        becomes(event, "unexplained 1 unknown_account");
        assertThat(Customer.get("/v1/payment-events?status=unexplained&limit=1000")
                        .body())
                .contains(event);
        provider = due -> Handled.processed("acct");
        assertThat(Customer.post("/v1/payment-events/" + event + "/retry", "")
                        .is(200)
                        .at("status"))
                .isEqualTo("received");
        becomes(event, "processed 2 null");
    }

    @Test
    void whatWasProcessedLeavesAfterAWhile() {
        String processed = receive(object);
        becomes(processed, "processed 1 null");
        String ignored = receive(object, "ignored-" + UUID.randomUUID(), Instant.now(), "of another mode");
        assertThat(Customer.post("/v1/payment-events/" + ignored + "/retry", "")
                        .is(200)
                        .at("status"))
                .isEqualTo("ignored");
        provider = due -> Handled.unexplained(null, "no_purchase");
        String unexplained = receive(object);
        becomes(unexplained, "unexplained 1 no_purchase");

        clock.moveBy(Duration.ofDays(89));
        retention.run();
        assertThat(row(processed)).startsWith("processed");
        clock.moveBy(Duration.ofDays(2));
        retention.run();

        assertThat(row(processed) + row(ignored)).isEmpty();
        assertThat(row(unexplained)).isEqualTo("unexplained 1 no_purchase");
    }

    @Test
    void aClaimThatHasEndedIsAnothers() throws SQLException {
        loops.forEach(loop -> loop.stop(new ShutdownEvent()));
        String event = receive(object);
        clock.moveBy(Duration.ofHours(1));
        InboxQueue.Claim slow = claimed();
        clock.moveBy(Duration.ofMinutes(3));
        InboxQueue.Claim second = claimed();

        queue.finish(slow, Handled.unexplained(null, "too late"));
        assertThat(row(event)).isEqualTo("received 0 null");
        queue.finish(second, Handled.processed(null));
        assertThat(row(event)).isEqualTo("processed 1 null");
    }

    private InboxQueue.Claim claimed() throws SQLException {
        return queue.claim(PaymentGateway.Provider.SANDBOX, 1_000).stream()
                .filter(claim -> claim.object().objectId().equals(object))
                .findFirst()
                .orElseThrow();
    }
}
