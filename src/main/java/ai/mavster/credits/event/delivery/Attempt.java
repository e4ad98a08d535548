package ai.mavster.credits.event.delivery;

import ai.mavster.credits.EnumId;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt to deliver an event ended.
 *
 * @param status what was answered; null: nothing was
 * @param failure why it does not count as delivered; null: it does
 * @param answer how the body that was answered begins
 * @param retryAfter how long the receiver has asked to be left alone; null: it has not
 */
record Attempt(
        Instant at,
        Duration took,
        @Nullable Integer status,
        @Nullable Failure failure,
        @Nullable String answer,
        @Nullable Duration retryAfter) {

    /** What keeps an event from being delivered. */
    @Schema(name = "DeliveryFailure")
    enum Failure {
        /** The name of the host leads nowhere. */
        UNRESOLVED,
        /** It leads to an address that is not public. */
        NOT_PUBLIC,
        /** No connection was to be had. */
        UNREACHABLE,
        /** The other side could not show that it is the host. */
        INSECURE,
        /** It took too long. */
        TIMEOUT,
        /** The connection was closed before there was an answer. */
        CLOSED,
        /** What was answered is no HTTP. */
        MALFORMED,
        /** It was answered with a status other than 2xx. */
        STATUS
    }

    private static final int GONE = 410;

    boolean isDelivered() {
        return failure == null;
    }

    /** The receiver says that it wants nothing ever again. */
    boolean isGone() {
        return status != null && status == GONE;
    }

    /** What was wrong, in a word or two: {@code status 500}; null: nothing was. */
    @Nullable
    String inWords() {
        return failure == null ? null : failure == Failure.STATUS ? "status " + status : EnumId.of(failure);
    }
}
