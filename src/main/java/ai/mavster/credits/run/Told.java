package ai.mavster.credits.run;

import ai.mavster.credits.http.IdempotencyKey;
import jakarta.ws.rs.core.Response;

/**
 * A run as its caller is told.
 *
 * @param replayed the command had its effect earlier, under the same idempotency key; this is the first answer again
 */
record Told(Run run, boolean replayed) {

    /** The run as it was when it was told first, also where its hold has expired since. */
    Response toResponse(Response.Status status) {
        Response.ResponseBuilder response = Response.status(status).entity(RunAnswer.of(run));
        return (replayed ? response.header(IdempotencyKey.REPLAYED_HEADER, "true") : response).build();
    }
}
