package ai.mavster.credits.payment.subscription;

import ai.mavster.credits.payment.Gateways;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The one that this service is configured with, if any. */
@Singleton
public class SubscriptionGateways {

    private final Optional<SubscriptionGateway> configured;

    SubscriptionGateways(Gateways gateways, @All List<SubscriptionGateway> all) {
        this.configured = all.stream()
                .filter(gateway -> gateways.isConfigured(gateway.provider()))
                .findFirst();
    }

    /** Empty: subscriptions cannot be paid. */
    public Optional<SubscriptionGateway> configured() {
        return configured;
    }
}
