package ai.mavster.credits.payment;

import ai.mavster.credits.Author;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import io.quarkus.arc.Arc;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a provider has of a checkout, for tests that need it applied and no provider. */
public final class Provider {

    private static final Author AUTHOR = new Author(Author.Type.PROVIDER_EVENT, "evt_of_a_test", "payment.paid");

    private Provider() {}

    /**
     * Applies a state that was fetched now.
     *
     * @param checkoutId as callers see it
     * @param amount in euro
     */
    public static Applied has(
            String accountId,
            String checkoutId,
            String paymentId,
            ProviderPayment.Status status,
            String amount,
            @Nullable String refunded) {
        Instant now = Instant.now();
        UUID id = UUID.fromString(checkoutId.substring(checkoutId.indexOf('_') + 1));
        ProviderPayment state = new ProviderPayment(
                paymentId,
                new Purchase(accountId, Purchase.Kind.CHECKOUT, id),
                status,
                new Money(new BigDecimal(amount), "EUR"),
                refunded == null ? null : new Money(new BigDecimal(refunded), "EUR"),
                null,
                status == ProviderPayment.Status.DECLINED ? "card_declined" : null,
                status == ProviderPayment.Status.CONFIRMATION_NEEDED ? "https://pay.example.com/confirm" : null,
                now,
                status == ProviderPayment.Status.PAID ? now : null);
        return Outcome.join(Arc.container().instance(Payments.class).get().apply(state, now, AUTHOR));
    }
}
