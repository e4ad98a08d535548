package ai.mavster.credits.payment.stripe.event;

import java.util.Arrays;
import java.util.Optional;

/** What events are about that are of concern here, by their types. Pure. */
enum Concern {
    /** A page where something is paid. */
    PAGE("checkout\\.session\\.(completed|async_payment_succeeded|async_payment_failed|expired)"),
    PAYMENT("payment_intent\\..*"),
    /** What else there is of charges its payment says. */
    CHARGE("charge\\.refunded"),
    REFUND("(charge\\.)?refund\\..*"),
    DISPUTE("charge\\.dispute\\..*"),
    SUBSCRIPTION("customer\\.subscription\\..*"),
    INVOICE("invoice\\.paid");

    private final String types;

    Concern(String types) {
        this.types = types;
    }

    /** Empty: of none. */
    static Optional<Concern> of(String type) {
        return Arrays.stream(values())
                .filter(concern -> type.matches(concern.types))
                .findFirst();
    }
}
