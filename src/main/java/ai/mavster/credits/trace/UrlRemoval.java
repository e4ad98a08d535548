package ai.mavster.credits.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/** Takes URLs out of spans: people are searched for by name and mail, and where a webhook goes may be a secret. */
@Singleton
class UrlRemoval implements SpanProcessor {

    private static final List<AttributeKey<String>> REMOVED =
            List.of(AttributeKey.stringKey("url.query"), AttributeKey.stringKey("url.full"));

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> removed : REMOVED) {
            if (span.getAttribute(removed) != null) {
                span.setAttribute(removed, "-");
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
