package ai.mavster.credits.event.delivery;

import ai.mavster.credits.event.delivery.Attempt.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, of which no more is read than is kept, and for no longer than it may take: whatever the
 * receiver sends, and however slowly. All of it happens on one event loop.
 */
final class Exchange {

    /** So much of a body is kept. */
    private static final int KEPT = 1_024;

    /** So much of it is read for the receiver's sake, so that it is not cut off in the middle of a short one. */
    private static final long READ = 65_536;

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration within;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final Buffer kept = Buffer.buffer();
    private long timer;
    private long read;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;

    /**
     * What came of it.
     *
     * @param status null: nothing was answered
     * @param failure why it was not; null: it was
     * @param text how the body begins; null: there is none
     */
    record Answer(
            @Nullable Integer status,
            @Nullable Failure failure,
            @Nullable String text,
            @Nullable String retryAfter) {

        static Answer none(Failure failure) {
            return new Answer(null, failure, null, null);
        }
    }

    Exchange(Vertx vertx, HttpClient client, Duration within) {
        this.vertx = vertx;
        this.client = client;
        this.within = within;
    }

    CompletionStage<Answer> answer() {
        return answer;
    }

    /** On the event loop. */
    void begin(RequestOptions options, String body) {
        timer = vertx.setTimer(within.toMillis(), late -> end(Failure.TIMEOUT));
        client.request(options).onComplete(connected -> {
            if (connected.failed()) {
                end(failure(connected.cause(), Failure.UNREACHABLE));
            } else {
                send(connected.result(), body);
            }
        });
    }

    private void send(HttpClientRequest connected, String body) {
        request = connected;
        if (answer.isDone()) {
            hangUp();
            return;
        }
        connected.exceptionHandler(e -> end(failure(e, Failure.CLOSED)));
        // What comes when nobody asks for anything any more would be an error in the log.
        connected.connection().exceptionHandler(e -> end(failure(e, Failure.CLOSED)));
        connected.response().onComplete(answered -> {
            if (answered.failed()) {
                end(failure(answered.cause(), Failure.CLOSED));
            } else {
                read(answered.result());
            }
        });
        connected.end(body);
    }

    private void read(HttpClientResponse answered) {
        response = answered;
        answered.exceptionHandler(e -> end(Failure.CLOSED));
        answered.handler(part -> {
            read += part.length();
            kept.appendBuffer(part, 0, Math.min(part.length(), KEPT - kept.length()));
            if (read > READ) {
                end(Failure.CLOSED);
            }
        });
        answered.endHandler(nothing -> end(Failure.CLOSED));
    }

    /** Once. What was answered by then is the answer, whatever became of its body. */
    private void end(Failure failure) {
        if (answer.isDone()) {
            return;
        }
        vertx.cancelTimer(timer);
        HttpClientResponse answered = response;
        answer.complete(
                answered == null
                        ? Answer.none(failure)
                        : new Answer(answered.statusCode(), null, text(), answered.getHeader("retry-after")));
        hangUp();
    }

    private void hangUp() {
        if (request != null && request.connection() != null) {
            request.connection().close();
        }
    }

    /** What can be printed of it. */
    private @Nullable String text() {
        String text = new String(kept.getBytes(), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\p{Cs}&&[^\\n\\t]]", " ")
                .strip();
        return text.isEmpty() ? null : text;
    }

    private static Failure failure(Throwable cause, Failure other) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof SSLException) {
                return Failure.INSECURE;
            } else if (one instanceof ConnectException) {
                return Failure.UNREACHABLE;
            } else if (one instanceof io.netty.handler.codec.DecoderException
                    || one instanceof io.netty.handler.codec.TooLongFrameException
                    || one instanceof IllegalArgumentException
                    || one instanceof NumberFormatException) {
                return Failure.MALFORMED;
            }
        }
        return other;
    }
}
