package ai.mavster.credits.http.idempotency;

import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Priorities;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Checks the idempotency key where an endpoint needs one: after authentication and the account of the path, before
 * the body is read. Bound to these endpoints when the service is built, so others do not pass here.
 */
class IdempotencyKeyFilter {

    private static final Pattern FORM = Pattern.compile(IdempotencyKey.PATTERN);

    @ServerRequestFilter(nonBlocking = true, priority = Priorities.USER + 1)
    @IdempotencyKeyRequired
    public void check(HttpServerRequest request) {
        List<String> values = request.headers().getAll(IdempotencyKey.HEADER);
        if (values.isEmpty()) {
            throw new ProblemException(Problems.idempotencyKeyRequired());
        }
        if (values.size() > 1) {
            throw Problems.invalidRequest(IdempotencyKey.HEADER, "must be sent once");
        }
        if (!FORM.matcher(values.get(0)).matches()) {
            throw Problems.invalidRequest(IdempotencyKey.HEADER, "must be 1 to 255 visible ASCII characters");
        }
    }
}
