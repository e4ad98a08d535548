package ai.mavster.credits.event.delivery;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.event.webhook.EndpointId;
import ai.mavster.credits.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.inject.Singleton;

/**
 * Traces of attempts to deliver: each is one of its own, recorded once it has ended. Where it went is not said, since an
 * address may be a secret; nor does the receiver learn of it.
 */
@Singleton
class DeliveryTraces {

    private static final AttributeKey<String> EVENT = AttributeKey.stringKey("event.id");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("event.type");
    private static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("webhook.endpoint_id");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("webhook.attempt");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Traces traces;

    DeliveryTraces(Traces traces) {
        this.traces = traces;
    }

    void ended(Pending pending, Attempt attempt) {
        if (traces.areOff()) {
            return;
        }
        Span span = traces.tracer()
                .spanBuilder("webhook delivery")
                .setNoParent()
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(attempt.at())
                .setAttribute(EVENT, pending.event().id())
                .setAttribute(TYPE, pending.event().type())
                .setAttribute(ENDPOINT, EndpointId.of(pending.claim().endpointId()))
                .setAttribute(ATTEMPT, pending.attempts() + 1L)
                .startSpan();
        if (attempt.status() != null) {
            span.setAttribute(STATUS, attempt.status().longValue());
        }
        if (attempt.failure() != null) {
            span.setStatus(StatusCode.ERROR).setAttribute(ERROR, EnumId.of(attempt.failure()));
        }
        span.end(attempt.at().plus(attempt.took()));
    }
}
