package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Operations;
import ai.mavster.credits.http.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds how many requests are under way at once, those that wait included. Any further one gets a 503 at once,
 * before anything of it is read or done, instead of a place in a queue that only ever gets longer. Health, metrics and
 * the contract are let through.
 */
@Singleton
class ConcurrencyLimit {

    /** Before all else. */
    private static final int PRIORITY = 1_000;

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
        if (Operations.areMeantBy(context)) {
            context.next();
        } else if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            problems.end(context, Problems.overloaded());
            Remainder.discard(context);
        } else {
            // Also when the caller hangs up.
            context.addEndHandler(ended -> {
                underWay.decrementAndGet();
                Remainder.discard(context);
            });
            context.next();
        }
    }
}
