package ai.mavster.credits.payment.stripe.event;

import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.stripe.client.StripeSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Refuses to start where Stripe is configured without what it needs, instead of failing when a customer pays. */
@Singleton
class StripeStart {

    private final StripeSettings settings;
    private final Gateways gateways;

    StripeStart(StripeSettings settings, Gateways gateways) {
        this.settings = settings;
        this.gateways = gateways;
    }

    void check(@Observes StartupEvent start) {
        if (gateways.isConfigured(PaymentGateway.Provider.STRIPE)) {
            check(settings);
        }
    }

    /**
     * @throws IllegalStateException if something is missing, by its name; its message has no secret
     */
    static void check(StripeSettings settings) {
        List<String> missing = settings.missing();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "CREDITS_PAYMENTS is stripe, which needs " + String.join(" and ", missing) + " to be set.");
        }
        if (settings.apiKey().filter(key -> key.matches("[sr]k_[!-~]+")).isEmpty()) {
            throw new IllegalStateException(
                    "CREDITS_STRIPE_API_KEY must be a secret or a restricted key of Stripe's: it begins with sk_ or rk_.");
        }
    }
}
