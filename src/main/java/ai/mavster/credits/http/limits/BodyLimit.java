package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
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
 * Answers bodies that are too large with a problem: by the length that is announced or, for a body that comes in
 * chunks, by counting what is read of it.
 *
 * <p>The limit is the server's setting, but its own answer is a 413 with nothing in it, announced or chunked, and no
 * place to put a problem; so this check comes first. A body handler of the server's could fail with our answer, but
 * takes in each body whole before the caller's key is checked: callers without a key could fill the memory.
 */
@Singleton
class BodyLimit {

    /** Before and after the server's own check of the length, which runs at 2. */
    private static final int BEFORE_SERVER = 100;

    private static final int AFTER_SERVER = 1;

    /**
     * How long a caller may go on sending, so that they come to read the answer rather than a reset of the
     * connection.
     */
    private static final long LINGER_MILLIS = 5_000;

    private final ProblemWriter problems;
    private final RoutingContext current;
    private final long maxBytes;

    BodyLimit(
            ProblemWriter problems,
            RoutingContext current,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.problems = problems;
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
        closeAfterAnswer(context);
        problems.end(context, Problems.payloadTooLarge());
    }

    private boolean isTooLarge(String length) {
        try {
            return Long.parseLong(length) > maxBytes;
        } catch (NumberFormatException malformed) {
            return false;
        }
    }

    /** Leaves the server's count of chunks in force, but at a limit that it reaches only after this one. */
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
