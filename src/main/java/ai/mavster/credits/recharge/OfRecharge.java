package ai.mavster.credits.recharge;

import ai.mavster.credits.payment.OfPayment;
import java.util.UUID;

/** A command that is about a recharge, which is read with its batch, as its payment is. */
interface OfRecharge extends OfPayment {

    UUID rechargeId();

    @Override
    default UUID paymentId() {
        return rechargeId();
    }
}
