package ai.mavster.credits.payment.stripe.event;

import ai.mavster.credits.payment.stripe.client.StripeSettings;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an event is Stripe's, and of now: an old one may be somebody's who has recorded it. */
@Singleton
class EventSignature {

    /** What Stripe recommends. A late delivery is signed when it is sent. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final long ANY_AGE = 0;

    private final List<String> secrets;
    private final Clock clock;

    EventSignature(StripeSettings settings, Clock clock) {
        this.secrets = settings.webhookSecrets().orElse(List.of());
        this.clock = clock;
    }

    /** What a signature is worth. */
    enum Verdict {
        VALID,
        /** By none of the secrets. */
        BROKEN,
        /** By one of them, too long ago. */
        OLD
    }

    /**
     * @param header {@code Stripe-Signature}; null: there is none
     */
    Verdict verify(String body, @Nullable String header) {
        Verdict verdict = Verdict.BROKEN;
        for (String secret : secrets) {
            if (isValid(body, header, secret, ANY_AGE)) {
                boolean young = isValid(body, header, secret, TOLERANCE.toSeconds());
                verdict = young ? Verdict.VALID : Verdict.OLD;
                if (young) {
                    return verdict;
                }
            }
        }
        return verdict;
    }

    private boolean isValid(String body, @Nullable String header, String secret, long tolerance) {
        try {
            return header != null && Webhook.Signature.verifyHeader(body, header, secret, tolerance, clock);
        } catch (SignatureVerificationException no) {
            return false;
        }
    }
}
