package ai.mavster.credits.payment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The provider has given no answer, or none that can be used. */
public final class GatewayFailure extends RuntimeException {

    private final boolean outcomeKnown;
    private final @Nullable Duration retryAfter;

    private GatewayFailure(
            String message, boolean outcomeKnown, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeKnown = outcomeKnown;
        this.retryAfter = retryAfter;
    }

    /** It may have done what it was asked for, or not: it has to be asked again. */
    public static GatewayFailure unknownOutcome(String message, @Nullable Throwable cause) {
        return new GatewayFailure(message, false, null, cause);
    }

    /**
     * It has certainly done nothing: it is overloaded, or does not take the request.
     *
     * @param retryAfter how long it wants to be left alone; null: it did not say
     */
    public static GatewayFailure nothingDone(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        return new GatewayFailure(message, true, retryAfter, cause);
    }

    /** Whether it is certain that nothing was done. */
    public boolean isOutcomeKnown() {
        return outcomeKnown;
    }

    /** How long to wait before asking again; null: it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
