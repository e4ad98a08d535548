package ai.mavster.credits.event.delivery;

import ai.mavster.credits.event.EventAnswer;
import ai.mavster.credits.event.webhook.WebhookTarget;
import java.util.UUID;

/**
 * An event that is to be sent next, by who has claimed its place.
 *
 * @param attempts how many there were
 * @param tries how many of them since it was last asked for
 */
record Pending(Claim claim, long sequence, int attempts, int tries, EventAnswer event, WebhookTarget target) {

    /**
     * An account's place in an endpoint's queue, taken for a short time.
     *
     * @param claimedBy known to nobody else
     */
    record Claim(String accountId, UUID endpointId, UUID claimedBy) {}
}
