package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.payment.Payment.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a state at the provider comes to for a payment. Pure. */
final class PaymentDecision {

    private final Payment before;
    private final Collection<SurplusPayment> surplus;
    private final ProviderPayment state;
    private final Instant fetchedAt;
    private final boolean closed;
    private final boolean fits;

    private PaymentDecision(
            Payment before,
            Collection<SurplusPayment> surplus,
            ProviderPayment state,
            Instant fetchedAt,
            boolean closed,
            boolean fits) {
        this.before = before;
        this.surplus = surplus;
        this.state = state;
        this.fetchedAt = fetchedAt;
        this.closed = closed;
        this.fits = fits;
    }

    /** What happens to credits. */
    enum Effect {
        NONE,
        /** All that was bought comes in. */
        CREDIT,
        /** So many are claimed back. */
        CLAIM,
        /** So many of those that were claimed are given back. */
        REINSTATE
    }

    /**
     * @param effect comes first; {@code payment} is what it leaves, but that with {@link Effect#CREDIT} the top-up is
     *     to be added
     * @param credits of the effect; zero where there is none
     * @param surplus a row to write; null: none
     * @param finding what a person has to see to; null: nothing
     */
    record Decided(
            Effect effect,
            Credits credits,
            Payment payment,
            @Nullable SurplusPayment surplus,
            @Nullable Finding finding) {

        /** The payment with so many of its credits claimed, where that is done step by step. */
        Payment claiming(Credits claimed) {
            return payment.with(
                    payment.refunded(), payment.disputed(), claimed, Objects.requireNonNull(payment.fetchedAt()));
        }
    }

    /**
     * Decides.
     *
     * @param surplus the payments for the same that were found beside it before
     * @param closed the account is: nothing is credited or claimed any more
     * @param fits the credits fit into the balance
     */
    static Decided of(
            Payment before,
            Collection<SurplusPayment> surplus,
            ProviderPayment state,
            Instant fetchedAt,
            boolean closed,
            boolean fits) {
        return new PaymentDecision(before, surplus, state, fetchedAt, closed, fits).decided();
    }

    private Decided decided() {
        if (state.status() != ProviderPayment.Status.PAID) {
            return before.status().isSettled() || isStale() ? unchanged(finding()) : changed(unpaid());
        }
        if (!before.status().isSettled()) {
            return paid();
        }
        if (!state.id().equals(before.providerPaymentId())) {
            return paidTwice();
        }
        return isStale() ? unchanged(finding()) : paidBefore();
    }

    /** What was applied last was fetched later: this one must not undo it. */
    private boolean isStale() {
        return before.fetchedAt() != null && fetchedAt.isBefore(before.fetchedAt());
    }

    /** Whenever it was fetched: a payment that was paid once stays so. */
    private Decided paid() {
        Finding why = !state.amount().equals(before.price())
                ? Finding.AMOUNT_DIFFERS
                : closed ? Finding.ACCOUNT_CLOSED : fits ? null : Finding.BALANCE_LIMIT;
        return why == null
                ? new Decided(Effect.CREDIT, before.credits(), before, null, null)
                : changed(lost(before.settled(null, why, state, fetchedAt)));
    }

    private Decided paidBefore() {
        boolean fitsNow = before.finding() == Finding.BALANCE_LIMIT && fits && !closed;
        if (fitsNow && lost(before).lost().signum() == 0) {
            return new Decided(Effect.CREDIT, before.credits(), before, null, null);
        }
        if (isOtherCurrency(state.refunded()) || isOtherCurrency(state.disputed())) {
            return unchanged(Finding.AMOUNT_DIFFERS);
        }
        Payment after = lost(before);
        if (before.status() != Status.PAID || closed) {
            return changed(after);
        }
        Credits target = Claim.of(before.credits(), before.price().value(), after.lost());
        Credits more = target.minus(before.claimed());
        Payment claimed = after.with(after.refunded(), after.disputed(), target, fetchedAt);
        if (more.isZero()) {
            return changed(claimed);
        }
        return more.isPositive()
                ? new Decided(Effect.CLAIM, more, claimed, null, null)
                : new Decided(Effect.REINSTATE, more.negated(), claimed, null, null);
    }

    private Payment lost(Payment payment) {
        return payment.with(value(state.refunded()), value(state.disputed()), payment.claimed(), fetchedAt);
    }

    private boolean isOtherCurrency(@Nullable Money money) {
        return money != null && !money.currency().equals(before.price().currency());
    }

    private static BigDecimal value(@Nullable Money money) {
        return money == null ? BigDecimal.ZERO : money.value();
    }

    private Decided paidTwice() {
        SurplusPayment known = surplus.stream()
                .filter(one -> one.providerPaymentId().equals(state.id()))
                .findFirst()
                .orElse(null);
        if (known != null && fetchedAt.isBefore(known.fetchedAt())) {
            return unchanged(known.isUnexplained() ? Finding.PAID_TWICE : null);
        }
        SurplusPayment now = new SurplusPayment(
                before.accountId(),
                before.paymentId(),
                state.id(),
                state.amount(),
                known != null ? known.paidAt() : Objects.requireNonNullElse(state.paidAt(), fetchedAt),
                value(state.refunded()),
                value(state.disputed()),
                fetchedAt);
        return new Decided(Effect.NONE, Credits.ZERO, before, now, now.isUnexplained() ? Finding.PAID_TWICE : null);
    }

    private Payment unpaid() {
        return before.unpaid(
                switch (state.status()) {
                    case CONFIRMATION_NEEDED -> Status.CONFIRMATION_NEEDED;
                    case DECLINED -> Status.FAILED;
                    case CANCELED -> Status.CANCELED;
                    default -> Status.PENDING;
                },
                state,
                fetchedAt);
    }

    private @Nullable Finding finding() {
        return before.isUnexplained() ? before.finding() : null;
    }

    private Decided unchanged(@Nullable Finding finding) {
        return new Decided(Effect.NONE, Credits.ZERO, before, null, finding);
    }

    private static Decided changed(Payment after) {
        return new Decided(Effect.NONE, Credits.ZERO, after, null, after.isUnexplained() ? after.finding() : null);
    }
}
