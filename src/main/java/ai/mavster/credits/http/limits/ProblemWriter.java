package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Answers with a problem where the server's filters run: before the framework that writes all other answers. */
@Singleton
public class ProblemWriter {

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    public void end(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response().setStatusCode(problem.status());
        problem.allHeaders().forEach(response::putHeader);
        try {
            response.end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
