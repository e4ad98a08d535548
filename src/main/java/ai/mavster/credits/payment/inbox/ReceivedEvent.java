package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.payment.PaymentGateway;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as a provider has sent it.
 *
 * @param eventId the provider's own: printable ASCII without spaces, at most 255 characters; {@code type} and
 *     {@code objectId} likewise
 * @param objectId what is to be asked for
 * @param createdAt by the provider's clock
 * @param ignored why nothing is to be done for it, in a few words of the service's own; null: its object is to be asked
 *     for
 */
public record ReceivedEvent(
        PaymentGateway.Provider provider,
        String eventId,
        String type,
        String objectId,
        Instant createdAt,
        @Nullable String ignored) {}
