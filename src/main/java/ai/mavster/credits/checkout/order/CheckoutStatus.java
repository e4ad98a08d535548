package ai.mavster.credits.checkout.order;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.payment.Payment;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far a checkout is. */
@Schema(
        name = "CheckoutStatus",
        description =
                "`open`: it can be paid, or the payment is under way. `paid`: and credited. `uncredited`: paid, but not credited, since the account"
                        + " was closed or the amount differs: an operator sees to it. `expired` and `canceled`: nothing was paid.")
public enum CheckoutStatus {
    OPEN,
    PAID,
    UNCREDITED,
    EXPIRED,
    CANCELED;

    /** As in the database and in JSON: {@code open}. */
    public String id() {
        return EnumId.of(this);
    }

    /** Where its payment's state leads; null: it stays as it is. */
    @Nullable
    CheckoutStatus after(Payment.Status payment) {
        return switch (payment) {
            case PAID -> PAID;
            case UNCREDITED -> UNCREDITED;
            case CANCELED -> this == OPEN ? CANCELED : null;
            case PENDING, CONFIRMATION_NEEDED, FAILED -> null;
        };
    }
}
