package ai.mavster.credits.portal.buying;

import ai.mavster.credits.http.page.FormTargets;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import jakarta.inject.Singleton;
import java.util.List;

/** Forms lead on to the payment provider's pages. */
@Singleton
class PaymentOrigins implements FormTargets {

    private final Gateways gateways;

    PaymentOrigins(Gateways gateways) {
        this.gateways = gateways;
    }

    @Override
    public List<String> origins() {
        return gateways.configured().map(PaymentGateway::pageOrigins).orElse(List.of());
    }
}
