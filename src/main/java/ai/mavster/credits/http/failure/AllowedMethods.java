package ai.mavster.credits.http.failure;

import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/**
 * The methods that the current request's address has. RFC 9110 requires them in a 405, and the framework's exception
 * has none.
 */
final class AllowedMethods {

    private AllowedMethods() {}

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
