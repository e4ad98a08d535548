package ai.mavster.credits.http.failure;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/** A caller who went away before the answer, or in the middle of it: no fault of ours, and nothing to tell them. */
final class HangUp {

    private static final int MAX_CAUSES = 20;

    private HangUp() {}

    /** Whether the current request has failed because its connection is gone. */
    static boolean explains(Throwable failure) {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        if (request == null || !request.serverResponse().closed()) {
            return false;
        }
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof IOException || cause instanceof HttpClosedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
