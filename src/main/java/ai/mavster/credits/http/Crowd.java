package ai.mavster.credits.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds how many requests are under way at once, waiting ones among them. Whoever comes on top gets a 503 at once, before anything is read
 * or done, instead of a place in a queue that only ever gets longer. Health and metrics are let through.
 */
@Singleton
class Crowd {

    /** Before all else. */
    private static final int PRIORITY = 1_000;

    private static final String OF_CALLERS = "/v1/";

    private final ObjectMapper json;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    Crowd(ObjectMapper json, @ConfigProperty(name = "credits.requests", defaultValue = "12000") int most) {
        this.json = json;
        this.most = most;
    }

    void register(@Observes Filters filters) {
        filters.register(this::enter, PRIORITY);
    }

    private void enter(RoutingContext context) {
        if (!context.request().path().startsWith(OF_CALLERS)) {
            context.next();
        } else if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            turnAway(context);
        } else {
            // Also when the caller hangs up.
            context.addEndHandler(ended -> underWay.decrementAndGet());
            context.next();
        }
    }

    private void turnAway(RoutingContext context) {
        Problem problem = Problems.overloaded();
        try {
            context.response().setStatusCode(problem.status());
            problem.headers().forEach((name, value) -> context.response().putHeader(name, value));
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
