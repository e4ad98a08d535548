package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Problems;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers bodies that are too large with a problem, where they announce their length; the others are counted as they
 * {@linkplain BodyReading come in}.
 *
 * <p>The limit is the server's setting, but its own answer is a 413 with nothing in it, and no place to put a problem;
 * so this check comes first.
 */
@Singleton
class BodyLimit {

    /** Before the server's own check, which runs at 2. */
    private static final int PRIORITY = 100;

    private final ProblemWriter problems;
    private final long maxBytes;

    BodyLimit(
            ProblemWriter problems,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.problems = problems;
        this.maxBytes = maxBodySize.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !isTooLarge(length)) {
            context.next();
            return;
        }
        Remainder.announce(context);
        problems.end(context, Problems.payloadTooLarge());
    }

    private boolean isTooLarge(String length) {
        try {
            return Long.parseLong(length) > maxBytes;
        } catch (NumberFormatException malformed) {
            return false;
        }
    }
}
