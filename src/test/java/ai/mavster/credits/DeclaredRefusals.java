package ai.mavster.credits;

import ai.mavster.credits.http.AlsoClosed;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemCode;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Watches every answer of every test that runs the service in its own process: a refusal that its endpoint does not
 * declare is a 500.
 */
public class DeclaredRefusals {

    private static final Set<String> OF_ALL =
            Stream.of(ProblemCode.values()).map(ProblemCode::id).collect(Collectors.toSet());

    @ServerResponseFilter
    public void check(ContainerRequestContext request, ContainerResponseContext answer, ResourceInfo endpoint) {
        Method method = endpoint.getResourceMethod();
        boolean ours =
                method != null && !method.getDeclaringClass().getSimpleName().equals("EchoResource");
        if (ours && answer.getEntity() instanceof Problem problem && !OF_ALL.contains(problem.code())) {
            Set<String> declared = declared(method, request);
            if (!declared.contains(problem.code())) {
                throw new IllegalStateException(method + " does not declare " + problem.code() + ", only " + declared);
            }
        }
    }

    private static Set<String> declared(Method method, ContainerRequestContext request) {
        Set<String> codes = new TreeSet<>();
        if (request.getUriInfo().getPathParameters().containsKey("account_id")) {
            codes.add(Refusal.Code.ACCOUNT_NOT_FOUND.id());
            if (!request.getMethod().equals("GET") && !method.isAnnotationPresent(AlsoClosed.class)) {
                codes.add(Refusal.Code.ACCOUNT_CLOSED.id());
            }
        }
        if (method.isAnnotationPresent(IdempotencyKeyRequired.class)) {
            codes.add(Refusal.Code.IDEMPOTENCY_KEY_REUSED.id());
        }
        Refuses refuses = method.getAnnotation(Refuses.class);
        if (refuses != null) {
            Stream.of(refuses.value()).map(Refusal.Code::id).forEach(codes::add);
        }
        return codes;
    }
}
