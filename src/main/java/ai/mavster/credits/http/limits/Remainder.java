package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.connection.RequestBody;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * What a caller goes on sending of a body after the answer. It is discarded; and the connection is closed if it takes
 * long: until the body has ended, it cannot serve another request.
 */
final class Remainder {

    /**
     * How long a caller may go on sending, so that they come to read the answer rather than a reset of the
     * connection.
     */
    private static final long LINGER_MILLIS = 5_000;

    private Remainder() {}

    /** Tells the caller that the connection ends with the answer, since the body will not be read. */
    static void announce(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    /** To be called once the request is answered. */
    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!RequestBody.isOutstanding(request)) {
            return;
        }
        request.handler(discarded -> {});
        if (request.version() != HttpVersion.HTTP_2) {
            long timer = context.vertx().setTimer(LINGER_MILLIS, late -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
            // A timer that stays keeps all of the request, which adds up while thousands a second are turned away.
            request.endHandler(ended -> context.vertx().cancelTimer(timer));
        }
        request.resume();
    }
}
