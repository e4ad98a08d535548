package ai.mavster.credits.payment.stripe.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is read of an event: not its payload, whose form goes by the API version of the endpoint there.
 *
 * @param objectId what it is about; of something without an id the event's own
 * @param account a connected account; null: the account of the key
 */
record StripeEvent(
        String id,
        String type,
        Instant createdAt,
        String objectId,
        boolean live,
        @Nullable String account) {

    private static final JsonMapper JSON = new JsonMapper();

    /** What an id or a type of Stripe's looks like. */
    private static final String WORD = "[A-Za-z0-9_.-]{1,255}";

    /** Empty: it is none. */
    static Optional<StripeEvent> parse(String body) {
        JsonNode event;
        try {
            event = JSON.readTree(body);
        } catch (JsonProcessingException none) {
            return Optional.empty();
        }
        String id = event.path("id").asText();
        String type = event.path("type").asText();
        if (!id.matches(WORD) || !type.matches(WORD) || !event.path("created").isIntegralNumber()) {
            return Optional.empty();
        }
        String objectId = event.at("/data/object/id").asText();
        return Optional.of(new StripeEvent(
                id,
                type,
                Instant.ofEpochSecond(event.path("created").asLong()),
                objectId.matches(WORD) ? objectId : id,
                event.path("livemode").asBoolean(),
                event.path("account").isTextual() ? event.path("account").asText() : null));
    }
}
