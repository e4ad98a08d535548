package ai.mavster.credits.portal.buying;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.checkout.order.CheckoutStatus;
import ai.mavster.credits.payment.Payment;
import java.math.BigDecimal;

/** What an owner is shown of a purchase: how far it is, and what became of the money since. */
enum PurchaseState {
    OPEN("warn"),
    /** The last card was declined; another one may be tried. */
    DECLINED("bad"),
    PAID("good"),
    /** Paid, and not credited: an operator sees to it. */
    UNCREDITED("warn"),
    PARTLY_REFUNDED("warn"),
    REFUNDED(""),
    DISPUTED("bad"),
    EXPIRED(""),
    CANCELED("");

    private final String tone;

    PurchaseState(String tone) {
        this.tone = tone;
    }

    static PurchaseState of(CheckoutStatus checkout, Payment payment) {
        return switch (checkout) {
            case OPEN -> payment.status() == Payment.Status.FAILED ? DECLINED : OPEN;
            case EXPIRED -> EXPIRED;
            case CANCELED -> CANCELED;
            case PAID -> paid(payment, PAID);
            case UNCREDITED -> paid(payment, UNCREDITED);
        };
    }

    private static PurchaseState paid(Payment payment, PurchaseState otherwise) {
        if (payment.disputed().signum() > 0) {
            return DISPUTED;
        }
        BigDecimal refunded = payment.refunded();
        if (refunded.signum() == 0) {
            return otherwise;
        }
        return refunded.compareTo(payment.price().value()) < 0 ? PARTLY_REFUNDED : REFUNDED;
    }

    /** Whether it can be paid still. */
    boolean isOpen() {
        return this == OPEN || this == DECLINED;
    }

    /** Of its text: {@code partly_refunded}. */
    public String id() {
        return EnumId.of(this);
    }

    /** Of its badge. */
    public String tone() {
        return tone;
    }
}
