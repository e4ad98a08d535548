package ai.mavster.credits.http;

import io.vertx.ext.web.RoutingContext;

/** What the service has for those who operate it, beside its API: health, metrics, the contract and its pages. */
public final class Operations {

    /** What their paths begin with. */
    public static final String PATHS = "/q/";

    private Operations() {}

    /** Whether a request is for them: by the path that it is routed by, not by how it was written. */
    public static boolean areMeantBy(RoutingContext context) {
        return context.normalizedPath().startsWith(PATHS);
    }
}
