package ai.mavster.credits.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The door to traces, for what the framework does not know of. */
@Singleton
public class Traces {

    private final Tracer tracer;
    private final boolean off;

    Traces(Tracer tracer, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
        // The framework's records what nobody is sent, even then.
        this.tracer = off ? TracerProvider.noop().get("") : tracer;
        this.off = off;
    }

    public boolean areOff() {
        return off;
    }

    /** What is under way in this thread; null: nothing that is recorded. Costs nothing where traces are off. */
    public @Nullable Context current() {
        if (off) {
            return null;
        }
        Context context = Context.current();
        return Span.fromContext(context).getSpanContext().isSampled() ? context : null;
    }

    public Tracer tracer() {
        return tracer;
    }
}
