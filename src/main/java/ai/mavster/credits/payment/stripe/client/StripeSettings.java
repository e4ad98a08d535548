package ai.mavster.credits.payment.stripe.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How Stripe is reached, and how it is known. */
@ConfigMapping(prefix = "credits.stripe")
public interface StripeSettings {

    /** A secret or a restricted key. */
    Optional<String> apiKey();

    /** What its events are signed with: the secret of the endpoint there, and while it rotates the one before it. */
    Optional<List<String>> webhookSecrets();

    /** Where its API is. */
    @WithDefault("https://api.stripe.com")
    String apiBase();

    /** When the months of subscriptions that are paid at Stripe are granted. */
    @WithDefault("calendar")
    GrantOn grantOn();

    /** How long a connection may take. */
    @WithDefault("PT5S")
    Duration connectWithin();

    /** How long one request may take in all, until the last byte of its answer. */
    @WithDefault("PT20S")
    Duration answerWithin();

    /** When a month is granted. */
    enum GrantOn {
        /** As it begins, paid or not, as long as Stripe has the subscription active or on trial. */
        CALENDAR,
        /** Once its invoice is paid. */
        INVOICE_PAID
    }

    /** Whether the key is for real money. */
    default boolean isLive() {
        return apiKey().filter(key -> key.contains("_live_")).isPresent();
    }

    /** Those settings without which Stripe cannot be used, by their names in the environment. */
    default List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (apiKey().isEmpty()) {
            missing.add("CREDITS_STRIPE_API_KEY");
        }
        if (webhookSecrets().orElse(List.of()).isEmpty()) {
            missing.add("CREDITS_STRIPE_WEBHOOK_SECRETS");
        }
        return missing;
    }
}
