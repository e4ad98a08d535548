package ai.mavster.credits.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes no body at all for an empty one of the right type, so that {@code curl -X POST} is understood where a body may be left out, and told
 * what is missing where not. The framework would ask for its media type.
 */
@Singleton
class EmptyBody {

    private static final int PRIORITY = 90;

    void register(@Observes Filters filters) {
        filters.register(EmptyBody::name, PRIORITY);
    }

    private static void name(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean empty =
                (length == null || length.equals("0")) && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (empty && !request.headers().contains(HttpHeaders.CONTENT_TYPE)) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        context.next();
    }
}
