package ai.mavster.credits.http.failure;

import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.body.JsonProblems;
import ai.mavster.credits.http.body.Violations;
import ai.mavster.credits.sql.SqlFailure;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Turns every failure into a problem. The types beside {@link Throwable} are there because the framework has mappers
 * of its own for them.
 */
class Failures {

    /** A chain of causes may be a ring. */
    private static final int MAX_CAUSES = 20;

    private final Problems problems;
    private final Logger log;

    Failures(Problems problems, Logger log) {
        this.problems = problems;
        this.log = log;
    }

    @ServerExceptionMapper({
        Throwable.class,
        Exception.class,
        RuntimeException.class,
        IllegalArgumentException.class,
        IllegalStateException.class,
        ProblemException.class,
        ValidationException.class,
        ConstraintViolationException.class,
        JsonProcessingException.class,
        com.fasterxml.jackson.databind.exc.MismatchedInputException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class,
        ForbiddenException.class,
        CompletionException.class,
        NotFoundException.class,
        WebApplicationException.class
    })
    public Response answer(Throwable failure) {
        // What has an answer of its own may sit inside what a framework wrapped around it.
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            Response response = known(cause);
            if (response != null) {
                return response;
            }
            cause = cause.getCause();
        }
        if (failure instanceof WebApplicationException web) {
            return web(web.getResponse());
        }
        String errorId = UUID.randomUUID().toString();
        log.logf(
                HangUp.explains(failure) ? Logger.Level.DEBUG : Logger.Level.ERROR,
                failure,
                "Internal error %s",
                errorId);
        return Problems.internalError(errorId).toResponse();
    }

    private @Nullable Response known(Throwable failure) {
        Problem stated = problems.of(failure);
        if (stated != null) {
            return stated.toResponse();
        }
        if (failure instanceof ConstraintViolationException violations) {
            Problem problem = Violations.problem(violations);
            return problem == null ? null : problem.toResponse();
        }
        // Also thrown when an answer cannot be written; that is a fault of ours.
        if (failure instanceof JsonProcessingException json && isAboutInput(json)) {
            return JsonProblems.of(json).toResponse();
        }
        if (failure instanceof UnauthorizedException || failure instanceof AuthenticationFailedException) {
            return Problems.unauthenticated().toResponse();
        }
        if (failure instanceof ForbiddenException) {
            return Problems.forbidden().toResponse();
        }
        return SqlFailure.isOutage(failure) ? Problems.unavailable().toResponse() : null;
    }

    private static boolean isAboutInput(JsonProcessingException failure) {
        // A parser's limits are the one thing that is reported without the parser.
        return (failure.getProcessor() instanceof JsonParser && !(failure instanceof InvalidDefinitionException))
                || failure instanceof StreamConstraintsException;
    }

    private Response web(Response response) {
        int status = response.getStatus();
        if (status < 400) {
            return response;
        }
        Problem problem = switch (status) {
            case 401 -> Problems.unauthenticated();
            case 403 -> Problems.forbidden();
            case 404 -> Problems.notFound();
            case 405 -> allowing();
            case 406 -> Problems.notAcceptable();
            case 413 -> Problems.payloadTooLarge();
            case 415 -> Problems.unsupportedMediaType();
            case 503 -> Problems.unavailable();
            default ->
                status < 500
                        ? Problem.of(status, "invalid_request", "Invalid request", "The request is not valid.")
                        : Problems.internalError(UUID.randomUUID().toString());
        };
        return problem.toResponse();
    }

    private static Problem allowing() {
        String allowed = AllowedMethods.ofThisAddress();
        return allowed.isEmpty()
                ? Problems.methodNotAllowed()
                : Problems.methodNotAllowed().withHeader(HttpHeaders.ALLOW, allowed);
    }
}
