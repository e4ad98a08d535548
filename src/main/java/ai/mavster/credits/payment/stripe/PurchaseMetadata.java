package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.payment.stripe.customer.Customers;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a payment at Stripe says what it is for. */
final class PurchaseMetadata {

    private static final String KIND = "credits_purchase";
    private static final String ID = "credits_purchase_id";

    private PurchaseMetadata() {}

    static Map<String, String> of(Purchase purchase) {
        return Map.of(
                Customers.ACCOUNT_ID,
                purchase.accountId(),
                KIND,
                purchase.kind().id(),
                ID,
                purchase.id().toString());
    }

    /** Null: it is none of this service's. */
    static @Nullable Purchase read(@Nullable Map<String, String> metadata) {
        String accountId = metadata == null ? null : metadata.get(Customers.ACCOUNT_ID);
        String kind = metadata == null ? null : metadata.get(KIND);
        String id = metadata == null ? null : metadata.get(ID);
        if (accountId == null || kind == null || id == null || !accountId.matches(Identifier.PATTERN)) {
            return null;
        }
        try {
            return new Purchase(accountId, EnumId.parse(Purchase.Kind.class, kind), UUID.fromString(id));
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
