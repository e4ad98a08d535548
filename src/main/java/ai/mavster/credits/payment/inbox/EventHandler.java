package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway;

/** What is done about a provider's events. Implementations are beans; the configured provider's one is asked. */
public interface EventHandler {

    /** Whose events. */
    PaymentGateway.Provider provider();

    /**
     * Asks the provider for an object's present state, and applies it. Blocks; for one object it is called once at a
     * time, and any number of times.
     *
     * @throws GatewayFailure if there is no answer, or none that can be used: it is tried again later, as with every
     *     other exception
     * @throws Unavailable if it could not be applied
     */
    Handled handle(DueObject object);
}
