package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses a semicolon in a path. The framework takes what follows it for a matrix parameter and drops it, which no
 * setting turns off: a caller who forgets to encode the id {@code a;b} would spend the credits of {@code a}.
 */
@Singleton
class MatrixParameters {

    private static final int PRIORITY = 95;

    private final ProblemWriter problems;

    MatrixParameters(ProblemWriter problems) {
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        if (context.request().path().indexOf(';') < 0) {
            context.next();
            return;
        }
        problems.end(context, Problems.invalid("path", "must not contain a semicolon"));
    }
}
