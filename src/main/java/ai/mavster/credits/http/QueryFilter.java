package ai.mavster.credits.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that an endpoint does not know: a filter with a typing error would return everything. What
 * an endpoint knows is read off its {@code @QueryParam}s once; a request without a query costs one comparison.
 */
class QueryFilter {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    /** After {@link AccountFilter}, so that nothing is said of an account that is not the caller's. */
    @ServerRequestFilter(nonBlocking = true, priority = Priorities.USER + 2)
    public void check(HttpServerRequest request, UriInfo uri, ResourceInfo endpoint) {
        if (request.query() == null) {
            return;
        }
        Set<String> names = known.computeIfAbsent(endpoint.getResourceMethod(), QueryFilter::parameters);
        for (String name : uri.getQueryParameters().keySet()) {
            if (!names.contains(name)) {
                throw Problems.invalidRequest(shortened(name), "is not a parameter of this address");
            }
        }
    }

    /** Of all that answer at its address: which of them does depends on the media type. */
    private static Set<String> parameters(Method endpoint) {
        return Stream.of(endpoint.getDeclaringClass().getDeclaredMethods())
                .filter(method -> Objects.equals(path(method), path(endpoint)))
                .flatMap(method -> Arrays.stream(method.getParameters()))
                .map(parameter -> parameter.getAnnotation(QueryParam.class))
                .filter(Objects::nonNull)
                .map(QueryParam::value)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String path(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
