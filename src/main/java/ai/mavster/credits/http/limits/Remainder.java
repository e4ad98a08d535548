package ai.mavster.credits.http.limits;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
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

    /** Whether there may be a body, by the headers of the request. */
    static boolean isPossible(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    /** Tells the caller that the connection ends with the answer, since the body will not be read. */
    static void announce(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    /** To be called once the request is answered. */
    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isPossible(request) || request.isEnded()) {
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
