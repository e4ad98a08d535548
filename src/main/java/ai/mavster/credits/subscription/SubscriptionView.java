package ai.mavster.credits.subscription;

import ai.mavster.credits.http.conditional.Version;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.subscription.terms.ProviderSubscription;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as of one instant.
 *
 * @param status as it is then, whether or not the renewal job has been by
 * @param graceUntil until when it may go on spending although it is past due; null: it is not, or has no such time
 */
public record SubscriptionView(
        Subscription subscription,
        SubscriptionStatus status,
        @Nullable Instant graceUntil,
        Instant asOf) {

    /** The account's subscription; null: it has none. */
    public static @Nullable SubscriptionView of(AccountView account) {
        return account.inBatch(SubscriptionsInBatch.class).view(account);
    }

    /** Of all that callers are shown of it; null: of none. */
    static @Nullable Version versionOf(@Nullable SubscriptionView view) {
        return view == null ? null : view.version();
    }

    Version version() {
        return Version.of(new SubscriptionView(shown(subscription), status, graceUntil, Instant.EPOCH));
    }

    /** Without what changes each time that a payment provider is asked. */
    private static Subscription shown(Subscription subscription) {
        ProviderSubscription provider = subscription.provider();
        return provider == null
                ? subscription
                : subscription.drivenBy(
                        new ProviderSubscription(provider.id(), Instant.EPOCH, Instant.EPOCH, provider.paid()));
    }

    /** The same of an account that is known to have one. */
    static SubscriptionView required(AccountView account) {
        return Objects.requireNonNull(of(account));
    }

    /** The coming renewal, if the balance stays as it is; null: none is coming. */
    public @Nullable NextGrant nextGrant(AccountView account) {
        return NextGrant.of(this, account);
    }
}
