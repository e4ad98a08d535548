package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Traces of what became of commands and questions. A batch is a trace of its own, linked with the requests whose
 * commands were in it. Such a request has two spans more: its commands' wait for a batch, and the batch, linked with the
 * batch's own. The same of questions, and the snapshot that answers them.
 *
 * <p>All of it is recorded once the callers are answered, from times that were taken anyway.
 */
@Singleton
class BatchTraces {

    private static final Kind OF_COMMANDS =
            new Kind("ledger batch", "ledger commit", AttributeKey.longKey("ledger.commands"));
    private static final Kind OF_QUESTIONS =
            new Kind("ledger snapshot", "ledger read", AttributeKey.longKey("ledger.questions"));
    private static final AttributeKey<Long> ACCOUNTS = AttributeKey.longKey("ledger.accounts");
    private static final AttributeKey<Long> RETRIES = AttributeKey.longKey("ledger.retries");
    private static final AttributeKey<String> LANE = AttributeKey.stringKey("ledger.lane");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Traces traces;
    private final Clock clock;

    BatchTraces(Traces traces, Clock clock) {
        this.traces = traces;
        this.clock = clock;
    }

    /** When a batch was begun, in {@link System#nanoTime} terms, and how often it was tried again since. */
    record Course(long began, int retries) {}

    /**
     * How spans are called.
     *
     * @param part of the request's own
     * @param count says how many there were
     */
    private record Kind(String batch, String part, AttributeKey<Long> count) {}

    void committed(List<Pending<?>> batch, Course course) {
        record(OF_COMMANDS, batch, course, null);
    }

    /** It is given up, or taken apart. */
    void failed(List<Pending<?>> batch, Course course, Throwable failure) {
        record(OF_COMMANDS, batch, course, failure);
    }

    /**
     * @param failure null: they are answered
     */
    void read(List<PendingRead<?>> questions, Course course, @Nullable Throwable failure) {
        record(OF_QUESTIONS, questions, course, failure);
    }

    private void record(Kind kind, Collection<? extends Queued> batch, Course course, @Nullable Throwable failure) {
        Map<Context, List<Queued>> requests = traces.areOff() ? Map.of() : byRequest(batch);
        if (requests.isEmpty()) {
            return;
        }
        Moments moments = new Moments(clock.instant(), System.nanoTime());
        Span own = span(kind.batch, Context.root(), moments.at(course.began), requests.keySet(), failure)
                .setAttribute(kind.count, (long) batch.size())
                .setAttribute(
                        ACCOUNTS,
                        batch.stream().map(Queued::accountId).distinct().count())
                .setAttribute(RETRIES, (long) course.retries)
                .setAttribute(LANE, Thread.currentThread().getName());
        own.end(moments.end);
        Context there = Context.root().with(own);
        requests.forEach((request, asked) -> {
            long submitted = asked.stream().mapToLong(Queued::submitted).reduce(course.began, Math::min);
            span("ledger queue", request, moments.at(submitted), List.of(), null)
                    .setAttribute(kind.count, (long) asked.size())
                    .end(moments.at(course.began));
            span(kind.part, request, moments.at(course.began), List.of(there), failure)
                    .setAttribute(kind.count, (long) asked.size())
                    .end(moments.end);
        });
    }

    private static Map<Context, List<Queued>> byRequest(Collection<? extends Queued> batch) {
        Map<Context, List<Queued>> requests = new LinkedHashMap<>(0);
        for (Queued asked : batch) {
            Context request = asked.request();
            if (request != null) {
                requests.computeIfAbsent(request, first -> new ArrayList<>(1)).add(asked);
            }
        }
        return requests;
    }

    private Span span(
            String name, Context parent, Instant start, Iterable<Context> links, @Nullable Throwable failure) {
        SpanBuilder builder =
                traces.tracer().spanBuilder(name).setParent(parent).setStartTimestamp(start);
        links.forEach(link -> builder.addLink(Span.fromContext(link).getSpanContext()));
        Span span = builder.startSpan();
        if (failure != null) {
            span.setStatus(StatusCode.ERROR).setAttribute(ERROR, error(failure));
        }
        return span;
    }

    /** Its kind: what it says may have words of a caller's in it. */
    private static String error(Throwable failure) {
        return failure instanceof SQLException sql && sql.getSQLState() != null
                ? "SQLSTATE " + sql.getSQLState()
                : failure.getClass().getName();
    }

    /** Times of the process's own count as times of the clock. */
    private record Moments(Instant end, long count) {

        private Instant at(long then) {
            return end.minusNanos(count - then);
        }
    }
}
