package ai.mavster.credits.subscription;

import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** What subscriptions allow. */
@ConfigMapping(prefix = "credits.subscription")
interface SubscriptionSettings {

    /** The statuses under which credits may be spent. */
    @WithDefault("active,trialing")
    Set<SubscriptionStatus> spendable();

    /** How long a subscription that fell past due may go on spending. */
    @WithDefault("PT0S")
    Duration pastDueGrace();

    default SpendingPolicy spending() {
        return new SpendingPolicy(Set.copyOf(spendable()), pastDueGrace());
    }
}
