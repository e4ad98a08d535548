package ai.mavster.credits.http.connection;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Whether a request has a body, and whether all of it has come. */
public final class RequestBody {

    private RequestBody() {}

    /** Whether there may be one, by the headers of the request. */
    public static boolean isPossible(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    /** Whether more of it may come. */
    public static boolean isOutstanding(HttpServerRequest request) {
        return isPossible(request) && !request.isEnded();
    }
}
