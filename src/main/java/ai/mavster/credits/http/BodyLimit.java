package ai.mavster.credits.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/**
 * Answers bodies that are too large with a problem. The server's own limit answers 413 with nothing in it, so this one comes first: by the
 * length that is announced, and, for a body that comes in chunks, by counting what is read of it.
 */
@Singleton
class BodyLimit {

    /** Before and after the server's own check of the length, which runs at 2. */
    private static final int BEFORE_SERVER = 100;

    private static final int AFTER_SERVER = 1;

    /** How long a caller who is still sending may go on, so that he comes to read the answer rather than a reset. */
    private static final long LINGER_MILLIS = 5_000;

    private final ObjectMapper json;
    private final RoutingContext current;
    private final long maxBytes;

    BodyLimit(
            ObjectMapper json,
            RoutingContext current,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.json = json;
        this.current = current;
        this.maxBytes = maxBodySize.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::checkAnnounced, BEFORE_SERVER);
        filters.register(this::countChunksHere, AFTER_SERVER);
    }

    private void checkAnnounced(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !isTooLarge(length)) {
            context.next();
            return;
        }
        Problem problem = Problems.payloadTooLarge();
        closeAfterAnswer(context);
        try {
            context.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean isTooLarge(String length) {
        try {
            return Long.parseLong(length) > maxBytes;
        } catch (NumberFormatException malformed) {
            return false;
        }
    }

    /** Leaves the server's count in force, but where it cannot answer before this one. */
    private void countChunksHere(RoutingContext context) {
        if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            context.put(VertxInputStream.MAX_REQUEST_SIZE_KEY, 2 * maxBytes);
        }
        context.next();
    }

    InputStream counted(InputStream body) {
        return new Counted(body);
    }

    /** The body is not read to its end, so the connection cannot serve another request. */
    private static void closeAfterAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        context.addEndHandler(answered -> {
            if (!request.isEnded()) {
                request.handler(discarded -> {});
                request.resume();
            }
            context.vertx()
                    .setTimer(LINGER_MILLIS, timer -> request.connection().close());
        });
    }

    private final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public void close() throws IOException {
            // Closing reads to the end, however far that is.
            if (count <= maxBytes) {
                in.close();
            }
        }

        private void count(int read) {
            count += read;
            if (count > maxBytes) {
                closeAfterAnswer(current);
                throw new ProblemException(Problems.payloadTooLarge());
            }
        }
    }
}
