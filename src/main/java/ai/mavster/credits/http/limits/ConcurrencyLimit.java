package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds how many requests are under way at once, those that wait included. Any further one gets a 503 at once,
 * before anything of it is read or done, instead of a place in a queue that only ever gets longer. Health and metrics
 * are let through.
 */
@Singleton
class ConcurrencyLimit {

    /** Before all else. */
    private static final int PRIORITY = 1_000;

    private static final String OF_CALLERS = "/v1/";

    private final ProblemWriter problems;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    ConcurrencyLimit(
            ProblemWriter problems, @ConfigProperty(name = "credits.requests", defaultValue = "12000") int most) {
        this.problems = problems;
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
            problems.end(context, Problems.overloaded());
        } else {
            // Also when the caller hangs up.
            context.addEndHandler(ended -> underWay.decrementAndGet());
            context.next();
        }
    }
}
