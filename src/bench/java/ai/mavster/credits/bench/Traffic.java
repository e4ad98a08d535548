package ai.mavster.credits.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** Requests, one after another, and what becomes of their answers. Called by one thread only. */
interface Traffic {

    /**
     * @param accounts the numbers of the accounts it is about
     */
    record Request(
            HttpMethod method,
            String path,
            @Nullable String idempotencyKey,
            @Nullable Buffer body,
            int... accounts) {}

    Request next();

    /** The answer is not one that was to be expected. */
    int UNEXPECTED = -1;

    /**
     * How many operations the answer confirms; 0 if it says that nothing was done, as is to be expected of this
     * traffic.
     */
    int confirmed(Request request, int status, Buffer answer);
}
