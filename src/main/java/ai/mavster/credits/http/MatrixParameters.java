package ai.mavster.credits.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses a semicolon in a path. The framework takes what follows it for a matrix parameter and drops it, so that whoever forgets to encode the
 * id {@code a;b} would spend the credits of {@code a}.
 */
@Singleton
class MatrixParameters {

    private static final int PRIORITY = 95;

    private final ObjectMapper json;

    MatrixParameters(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        if (context.request().path().indexOf(';') < 0) {
            context.next();
            return;
        }
        Problem problem = Problems.invalid("path", "must not contain a semicolon");
        try {
            context.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
