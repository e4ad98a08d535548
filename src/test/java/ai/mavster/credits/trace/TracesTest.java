package ai.mavster.credits.trace;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.TestAccounts;
import ai.mavster.credits.trace.Collector.SentSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a collector is sent of requests, and of the batches that they are in. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Collecting.class)
@TestProfile(TracesTest.Traced.class)
class TracesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long SERVER = 2;

    /** None of a caller's own accord; those that a caller sends, and what is linked with them. */
    public static final class Traced implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "credits.traces.share", "0");
        }
    }

    Collector collector;

    @Inject
    Ledger ledger;

    @Inject
    Traces traces;

    /** What a caller sends: its trace, and the span in which it calls. */
    private record Parent(String traceId, String spanId) {

        static Parent random() {
            String random = UUID.randomUUID().toString().replace("-", "");
            return new Parent(random, random.substring(0, 16));
        }

        String header() {
            return "00-" + traceId + "-" + spanId + "-01";
        }
    }

    private static int post(Parent parent, String path, String body) {
        return given().header("Authorization", "Bearer " + Customer.ADMIN)
                .header("traceparent", parent.header())
                .header("baggage", "note=Secret")
                .header("Idempotency-Key", Customer.newKey())
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .post(path)
                .statusCode();
    }

    /** Once so many have come of a trace. */
    private List<SentSpan> spans(int count, Predicate<SentSpan> which) {
        Eventually.holds(
                DEADLINE,
                () -> collector.spans().stream().filter(which).count() >= count,
                () -> count + " spans among " + collector.spans());
        return collector.spans().stream().filter(which).toList();
    }

    private static SentSpan named(String name, List<SentSpan> spans) {
        assertThat(spans).filteredOn(span -> span.name().equals(name)).hasSize(1);
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDebitIsFollowedFromItsCallerThroughItsBatch() {
        Customer customer = Customer.having("100");
        Parent parent = Parent.random();
        assertThat(post(parent, customer.path("/debits"), "{'credits': 1, 'action': 'tap'}"))
                .isEqualTo(201);

        List<SentSpan> ours = spans(3, span -> span.traceId().equals(parent.traceId));
        SentSpan request = named("POST /v1/accounts/{account_id}/debits", ours);
        assertThat(request.parentId()).isEqualTo(parent.spanId);
        assertThat(request.kind()).isEqualTo(SERVER);
        assertThat(request.service()).isEqualTo("mavster-credits");
        assertThat(request.attributes()).containsEntry("http.response.status_code", "201");
        SentSpan queue = named("ledger queue", ours);
        SentSpan commit = named("ledger commit", ours);
        assertThat(List.of(queue.parentId(), commit.parentId())).containsOnly(request.spanId());
        assertThat(queue.end()).isEqualTo(commit.start());
        assertThat(queue.start()).isLessThanOrEqualTo(queue.end());
        assertThat(commit.start()).isLessThan(commit.end());

        SentSpan batch = named("ledger batch", spans(1, span -> span.links().contains(request.spanId())));
        assertThat(batch.parentId()).isEmpty();
        assertThat(batch.traceId()).isNotEqualTo(parent.traceId);
        assertThat(commit.links()).containsExactly(batch.spanId());
        assertThat(batch.attributes())
                .containsEntry("ledger.commands", "1")
                .containsEntry("ledger.accounts", "1")
                .containsEntry("ledger.retries", "0");
        assertThat(batch.attributes().get("ledger.lane")).startsWith("ledger-");
        assertThat(batch.failed()).isFalse();
    }

    @Test
    void aQuestionIsFollowedToo() {
        Customer customer = Customer.having("100");
        Parent parent = Parent.random();
        assertThat(post(parent, "/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': 1}"))
                .isEqualTo(200);

        List<SentSpan> ours = spans(3, span -> span.traceId().equals(parent.traceId));
        SentSpan request = named("POST /v1/preflights", ours);
        SentSpan read = named("ledger read", ours);
        assertThat(List.of(named("ledger queue", ours).parentId(), read.parentId()))
                .containsOnly(request.spanId());
        SentSpan snapshot =
                named("ledger snapshot", spans(1, span -> span.links().contains(request.spanId())));
        assertThat(read.links()).containsExactly(snapshot.spanId());
        assertThat(snapshot.attributes()).containsEntry("ledger.questions", "1");
    }

    /** All of a request's commands in one batch are one; those of others beside them have their own. */
    @Test
    void aBatchIsLinkedWithAllThatAreInIt() {
        Customer customer = Customer.having("100");
        List<CompletableFuture<?>> asked = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Span request = traces.tracer()
                    .spanBuilder("request " + i)
                    .setParent(Context.root().with(Span.wrap(sampled(Parent.random()))))
                    .startSpan();
            requests.add(request.getSpanContext().getSpanId());
            String name = "key-" + i + "-";
            Context.root()
                    .with(request)
                    .wrap(() -> {
                        for (int j = 0; j < 40; j++) {
                            asked.add(ledger.submit(TestAccounts.topUp(customer.id, name + j, Credits.of(1)))
                                    .toCompletableFuture());
                        }
                    })
                    .run();
            request.end();
        }
        asked.forEach(CompletableFuture::join);

        Eventually.holds(
                DEADLINE, () -> commands("ledger batch", requests) == 120, () -> "120 among " + collector.spans());
        List<SentSpan> batches = ofRequests("ledger batch", requests);
        List<SentSpan> commits = spans(
                0, span -> requests.contains(span.parentId()) && span.name().equals("ledger commit"));
        assertThat(commands("ledger commit", requests)).isEqualTo(120);
        assertThat(commands("ledger queue", requests)).isEqualTo(120);
        for (SentSpan batch : batches) {
            Set<String> parents = commits.stream()
                    .filter(commit -> commit.links().contains(batch.spanId()))
                    .map(SentSpan::parentId)
                    .collect(Collectors.toSet());
            assertThat(batch.links()).containsExactlyInAnyOrderElementsOf(parents);
        }
    }

    private static SpanContext sampled(Parent parent) {
        return SpanContext.create(parent.traceId, parent.spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    private List<SentSpan> ofRequests(String name, List<String> requests) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .filter(span -> requests.contains(span.parentId())
                        || span.links().stream().anyMatch(requests::contains))
                .toList();
    }

    private long commands(String name, List<String> requests) {
        return ofRequests(name, requests).stream()
                .mapToLong(span -> Long.parseLong(span.attributes().get("ledger.commands")))
                .sum();
    }

    @Test
    void whatNobodyAskedForIsRecordedByItsShareAlone() {
        Customer customer = Customer.having("50");
        Parent parent = Parent.random();
        customer.debit("1").is(201);
        post(parent, customer.path("/debits"), "{'credits': 1}");

        spans(3, span -> span.traceId().equals(parent.traceId));
        assertThat(collector.spans())
                .filteredOn(span -> span.kind() == SERVER)
                .allSatisfy(span -> assertThat(span.parentId()).isNotEmpty());
    }

    @Test
    void noSpanHasASecretOrWhatSomebodyWrote() {
        Parent parent = Parent.random();
        Customer customer = Customer.having("50");
        post(parent, customer.path("/top-ups"), "{'credits': 1, 'note': 'Secret', 'reference': 'Secret'}");
        given().header("Authorization", "Bearer " + Customer.ADMIN)
                .header("traceparent", parent.header())
                .get("/v1/accounts?q=Secret")
                .then()
                .statusCode(200);

        List<SentSpan> ours = spans(4, span -> span.traceId().equals(parent.traceId));
        assertThat(named("GET /v1/accounts", ours).attributes().get("url.query"))
                .isEqualTo("-");
        assertThat(collector.spans().toString())
                .doesNotContain("Secret")
                .doesNotContain(Customer.ADMIN)
                .doesNotContain("Bearer");
    }

    /** Health and metrics are asked for all the time. */
    @Test
    void whatIsForOperatorsIsNotRecorded() {
        Parent parent = Parent.random();
        given().header("traceparent", parent.header())
                .get("/q/health/live")
                .then()
                .statusCode(200);
        Customer customer = Customer.having("50");
        post(parent, customer.path("/debits"), "{'credits': 1}");

        assertThat(spans(3, span -> span.traceId().equals(parent.traceId)))
                .noneMatch(span -> span.name().contains("/q/"));
    }
}
