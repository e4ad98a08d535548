package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.payment.Applied;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.ProviderPayment;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a payment that the provider has taken money for compares with what is here. Pure. */
final class Comparison {

    private Comparison() {}

    /**
     * Compares.
     *
     * @param before what was here before the provider's state was applied; null: nothing
     * @param applied what came of applying it
     * @return in what they differed; empty: in nothing that matters any more
     */
    static Optional<Reason> of(ProviderPayment state, @Nullable Payment before, Applied applied) {
        if (applied.finding() != null) {
            return keepsMoney(state) ? Optional.of(Reason.of(applied.finding())) : Optional.empty();
        }
        Payment after = applied.payment();
        if (before == null || after == null) {
            return Optional.empty();
        }
        if (before.status() != Payment.Status.PAID && after.status() == Payment.Status.PAID) {
            return Optional.of(Reason.NOT_CREDITED);
        }
        Credits more = after.claimed().minus(before.claimed());
        if (more.isZero()) {
            return Optional.empty();
        }
        return Optional.of(more.isPositive() ? Reason.NOT_CLAIMED : Reason.NOT_REINSTATED);
    }

    /** Whether not all of it was given back, or is disputed. */
    private static boolean keepsMoney(ProviderPayment state) {
        return value(state.refunded())
                        .add(value(state.disputed()))
                        .compareTo(state.amount().value())
                < 0;
    }

    static BigDecimal value(@Nullable Money money) {
        return money == null ? BigDecimal.ZERO : money.value();
    }
}
