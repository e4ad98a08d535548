package ai.mavster.credits.http.body;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes no body at all for an empty one of the right type: {@code curl -X POST} is enough where a body may be left
 * out, and elsewhere the answer says that one is missing. The framework answers 415 for the missing media type, which
 * no setting turns off.
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
