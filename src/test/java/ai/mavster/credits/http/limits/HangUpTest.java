package ai.mavster.credits.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.EchoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who go away are no fault of ours, and none that an operator should be called for. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HangUpTest {

    @TestHTTPResource
    URI server;

    private final Logger log = Logger.getLogger("");
    private final Noted noted = new Noted();

    /** What is logged as more than a detail. */
    private static final class Noted extends Handler {

        private final Queue<String> records = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.INFO.intValue()) {
                records.add(record.getLevel() + " " + record.getLoggerName() + " " + record.getMessage() + " "
                        + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        log.addHandler(noted);
    }

    @AfterEach
    void nothingIsSaidAboutIt() {
        log.removeHandler(noted);
        assertThat(noted.records).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/echo", "/v1/echo/async"})
    void inTheMiddleOfABody(String path) throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Wire wire = Wire.to(server)) {
                wire.sendUntilRead(path, 100).send("{");
            }
        }
        awaitAnotherAnswer();
    }

    @Test
    void whileTheAnswerIsWaitedFor() throws IOException {
        try (Wire wire = Wire.to(server)) {
            wire.send(Wire.get("/v1/echo/waiting"));
            Eventually.holds(Wire.DEADLINE, () -> EchoResource.WAITING.size() == 1, () -> "nothing waits");
        }
        awaitAnotherAnswer();
        EchoResource.WAITING.remove().complete("{}");
        awaitAnotherAnswer();
    }

    @Test
    void inTheMiddleOfAStream() throws IOException {
        int before = EchoResource.ENDED.get();
        try (Wire wire = Wire.to(server)) {
            wire.send(Wire.get("/v1/echo/rows", "Accept: text/csv")).receive();
            AtomicLong seen = new AtomicLong();
            // Nobody reads, so it comes to a stop.
            Eventually.holds(
                    Wire.DEADLINE,
                    () -> seen.getAndSet(EchoResource.ROWS.get()) == EchoResource.ROWS.get(),
                    () -> "it goes on writing to nobody");
            assertThat(EchoResource.ENDED).hasValue(before);
        }
        Eventually.holds(Wire.DEADLINE, () -> EchoResource.ENDED.get() > before, () -> "the stream goes on");
        awaitAnotherAnswer();
    }

    private void awaitAnotherAnswer() throws IOException {
        try (Wire wire = Wire.to(server)) {
            assertThat(wire.send(Wire.post("/v1/echo", 2) + "{}").receive()).startsWith("HTTP/1.1 200 ");
        }
    }
}
