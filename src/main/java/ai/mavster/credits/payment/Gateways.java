package ai.mavster.credits.payment;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The gateway that this service is configured with, if any. */
@Singleton
@Startup
public class Gateways {

    private final Optional<PaymentGateway> configured;

    Gateways(PaymentSettings settings, @All List<PaymentGateway> gateways) {
        this.configured = settings.provider() == PaymentSettings.Choice.NONE
                ? Optional.empty()
                : Optional.of(
                        one(PaymentGateway.Provider.valueOf(settings.provider().name()), gateways));
    }

    private static PaymentGateway one(PaymentGateway.Provider provider, List<PaymentGateway> gateways) {
        return gateways.stream()
                .filter(gateway -> gateway.provider() == provider)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no gateway to " + provider.id()));
    }

    /** Empty: nothing can be bought. */
    public Optional<PaymentGateway> configured() {
        return configured;
    }

    /** Whether it is this provider's. */
    public boolean isConfigured(PaymentGateway.Provider provider) {
        return configured.map(PaymentGateway::provider).filter(provider::equals).isPresent();
    }

    /**
     * The gateway.
     *
     * @throws RefusalException if there is none
     */
    public PaymentGateway required() {
        return configured.orElseThrow(() -> new RefusalException(refusal()));
    }

    /** Why nothing can be bought, where there is no gateway. */
    public static Refusal refusal() {
        return Refusal.of(
                Refusal.Code.PAYMENTS_NOT_CONFIGURED,
                "This service takes no payments: no payment provider is configured.");
    }
}
