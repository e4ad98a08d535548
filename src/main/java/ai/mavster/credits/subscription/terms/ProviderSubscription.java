package ai.mavster.credits.subscription.terms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The subscription at a payment provider that drives an account's.
 *
 * @param id the provider's own
 * @param createdAt by the provider's clock, as all that follows
 * @param fetchedAt when the provider was asked for the state that was applied last
 * @param paid what is paid for, where months are granted as they are paid; null: they are granted by the calendar
 */
public record ProviderSubscription(
        String id,
        Instant createdAt,
        Instant fetchedAt,
        @Nullable PaidTime paid) {

    /**
     * Whether a state is to be applied after this one. Of one subscription that is what was not fetched earlier. Another
     * one takes over where this one has ended, or is older; but not to end what it has never driven.
     *
     * @param ended this one has
     * @param live the other state is not of one that has ended
     */
    boolean isFollowedBy(ProviderSubscription other, boolean ended, boolean live) {
        if (id.equals(other.id)) {
            return !other.fetchedAt.isBefore(fetchedAt);
        }
        return live && (ended || other.createdAt.isAfter(createdAt));
    }
}
