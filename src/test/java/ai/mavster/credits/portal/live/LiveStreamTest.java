package ai.mavster.credits.portal.live;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Streams, as browsers keep them open. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LiveStreamTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String CHANGED = "event: changed";

    @TestHTTPResource("/billing/live")
    URI live;

    private final HttpClient browser = HttpClient.newHttpClient();

    /** What a stream has said so far; its end is that of {@code over}. */
    private record Open(Queue<String> lines, CompletableFuture<Void> over) {

        private boolean isBegun() {
            return lines.stream().anyMatch(line -> line.startsWith("retry:"));
        }

        private long changes() {
            return lines.stream().filter(CHANGED::equals).count();
        }
    }

    private HttpResponse<Stream<String>> ask(Owner owner, String query) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(live + query))
                        .header("Cookie", owner.cookie())
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
    }

    private Open open(Owner owner, String query) throws Exception {
        HttpResponse<Stream<String>> answer = ask(owner, query);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Open stream =
                new Open(lines, CompletableFuture.runAsync(() -> answer.body().forEach(lines::add)));
        eventually(stream, stream::isBegun);
        return stream;
    }

    private static void eventually(Open stream, Callable<Boolean> condition) {
        Eventually.holds(DEADLINE, condition, () -> String.valueOf(stream.lines()));
    }

    /** Long past what the page was made as of, nothing is announced that it shows. */
    private static final String SINCE_LONG_AFTER = "?since=2999-01-01T00:00:00Z";

    @Test
    void aDebitIsAnnouncedToItsOwnersPageOnly() throws Exception {
        Customer customer = Customer.on("basic");
        Open own = open(Owner.of(customer), SINCE_LONG_AFTER);
        Open foreign = open(Owner.of(Customer.on("basic")), SINCE_LONG_AFTER);
        Open behind = open(Owner.of(customer), "?since=2000-01-01T00:00:00Z");
        eventually(behind, () -> behind.changes() == 1);
        assertThat(own.changes()).isZero();

        customer.debit("1").is(201);

        eventually(own, () -> own.changes() == 1);
        eventually(behind, () -> behind.changes() == 2);
        assertThat(foreign.changes()).isZero();
    }

    @Test
    void onATestClockARunIsNoticedThatMovesNothing() throws Exception {
        Customer customer = Customer.onTestClock("2026-01-31T12:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        Open stream = open(Owner.of(customer), SINCE_LONG_AFTER);
        eventually(stream, () -> stream.changes() == 1);

        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'free'}")
                .is(201);

        eventually(stream, () -> stream.changes() == 2);
    }

    @Test
    void aStreamEndsWithItsSession() throws Exception {
        Owner owner = Owner.of(Customer.on("basic"));
        Open stream = open(owner, "");

        owner.post("/billing/sign-out").is(303);

        eventually(stream, stream.over()::isDone);
        assertThat(ask(owner, "").statusCode()).isEqualTo(401);
    }

    @Test
    void oneSessionHasNoMoreThanAFew() throws Exception {
        Owner owner = Owner.of(Customer.on("basic"));
        List<Open> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            streams.add(open(owner, ""));
        }

        assertThat(ask(owner, "").statusCode()).isEqualTo(503);

        owner.post("/billing/sign-out").is(303);
        streams.forEach(stream -> eventually(stream, stream.over()::isDone));
    }
}
