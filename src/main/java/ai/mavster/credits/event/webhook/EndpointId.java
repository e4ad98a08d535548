package ai.mavster.credits.event.webhook;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.ledger.posting.PublicId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id of a webhook endpoint as callers see it: {@code endpoint_} and a UUID. */
public final class EndpointId {

    /** For {@code @Pattern}. */
    public static final String PATTERN = "endpoint_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final String PREFIX = "endpoint_";

    private EndpointId() {}

    public static String of(UUID endpointId) {
        return PREFIX + endpointId;
    }

    /** Null if the text is no such id in its one form. */
    public static @Nullable UUID parse(String text) {
        return text.startsWith(PREFIX) ? PublicId.uuid(text.substring(PREFIX.length())) : null;
    }

    /** To throw where there is no such endpoint. */
    public static RefusalException unknown(String text) {
        return new RefusalException(Refusal.of(Refusal.Code.NOT_FOUND, "There is no webhook endpoint " + text + "."));
    }
}
