package ai.mavster.credits.payment;

import ai.mavster.credits.EnumId;
import java.util.UUID;

/**
 * What a payment is for. It goes to the provider with the payment and comes back with it; that, and nothing the
 * customer says, says whose payment it is.
 *
 * @param id of the row in {@code payment}, and of the checkout or recharge; also the key under which the provider is
 *     asked
 */
public record Purchase(String accountId, Kind kind, UUID id) {

    /** By whose doing. */
    public enum Kind {
        /** The customer's, at the provider's page. */
        CHECKOUT,
        /** Auto-recharge, with a saved payment method. */
        RECHARGE;

        /** As in the database and in JSON: {@code checkout}. */
        public String id() {
            return EnumId.of(this);
        }
    }
}
