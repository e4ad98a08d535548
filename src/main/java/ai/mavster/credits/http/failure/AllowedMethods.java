package ai.mavster.credits.http.failure;

import ai.mavster.credits.http.Problems;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the current request's address has, for a 405, which RFC 9110 requires to name them, and for
 * {@code OPTIONS}. The framework's 405 names none, and its answer to {@code OPTIONS} those of other addresses.
 */
class AllowedMethods {

    /** Before an address is looked up. It tells nothing that is not in the contract, so no key is asked for. */
    @ServerRequestFilter(preMatching = true, nonBlocking = true)
    public @Nullable Response answerOptions(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        String allowed = ofThisAddress();
        return allowed.isEmpty()
                ? Problems.notFound().toResponse()
                : Response.noContent().header(HttpHeaders.ALLOW, allowed).build();
    }

    /** Their names in order, separated by commas; empty if there are none. */
    static String ofThisAddress() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        Set<String> methods = new TreeSet<>();
        if (request != null) {
            for (var resources : request.getDeployment().getClassMappers()) {
                for (ServerRestHandler handler : resources.value.handlers) {
                    if (handler instanceof ClassRoutingHandler routing) {
                        collect(routing, resources.template.template, request.getPathWithoutPrefix(), methods);
                    }
                }
            }
        }
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return String.join(", ", methods);
    }

    private static void collect(ClassRoutingHandler routing, String prefix, String path, Set<String> methods) {
        routing.getMappers().forEach((method, endpoints) -> {
            boolean known = endpoints.getTemplates().stream()
                    .anyMatch(endpoint -> path.matches(pattern(prefix + endpoint.template.template)));
            // Without a method stand what leads on to other resources.
            if (method != null && known) {
                methods.add(method);
            }
        });
    }

    /** A parameter stands for one segment of a path. */
    private static String pattern(String template) {
        return template.replaceAll("/+", "/").replaceAll("\\{[^/]*}", "[^/]+").replaceAll("/$", "") + "/?";
    }
}
