package ai.mavster.credits.payment.stripe.client;

import ai.mavster.credits.payment.GatewayFailure;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a failure of Stripe's says of whether anything was done. Pure. */
final class StripeFailure {

    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private StripeFailure() {}

    /** In words that say nothing of what was asked: Stripe's message may repeat a key, or what a customer has entered. */
    static GatewayFailure of(StripeException failure) {
        int status = failure.getStatusCode() == null ? 0 : failure.getStatusCode();
        String what = "Stripe answered %d%s%s"
                .formatted(
                        status,
                        failure.getCode() == null ? "" : " " + failure.getCode(),
                        failure.getRequestId() == null ? "" : " to " + failure.getRequestId());
        if (status < 400) {
            // Nothing came back, or nothing that could be read.
            return GatewayFailure.unknownOutcome(
                    status == 0 ? "Stripe gave no answer" : "Stripe's answer could not be read", cause(failure));
        }
        boolean sameUnderWay = status == CONFLICT && "idempotency_key_in_use".equals(failure.getCode());
        return status >= SERVER_ERROR || sameUnderWay
                ? GatewayFailure.unknownOutcome(what, null)
                : GatewayFailure.nothingDone(what, status == TOO_MANY ? retryAfter(failure) : null, null);
    }

    /** Of the network alone, which knows nothing of what was asked. */
    private static @Nullable Throwable cause(StripeException failure) {
        return failure.getStatusCode() == null ? failure.getCause() : null;
    }

    private static @Nullable Duration retryAfter(StripeException failure) {
        return Optional.ofNullable(failure.getStripeError())
                .map(StripeError::getLastResponse)
                .flatMap(answer -> answer.headers().firstValue("Retry-After"))
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                .orElse(null);
    }
}
