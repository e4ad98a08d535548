package ai.mavster.credits.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.opentelemetry.api.trace.Span;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Unless they are asked for, there is nothing of them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TracesOffTest {

    @Inject
    Traces traces;

    @Test
    void nothingIsRecordedAndNobodyWouldSendIt() {
        Customer.having("5").debit("1").is(201);

        assertThat(traces.areOff()).isTrue();
        assertThat(traces.current()).isNull();
        Span span = traces.tracer().spanBuilder("nothing").startSpan();
        assertThat(span.isRecording()).isFalse();
        assertThat(span.getSpanContext().isValid()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("SpanProcessor"));
    }
}
