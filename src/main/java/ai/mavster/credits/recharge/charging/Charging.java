package ai.mavster.credits.recharge.charging;

import ai.mavster.credits.Author;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.Payments;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.recharge.Recharges;
import ai.mavster.credits.recharge.charging.RechargeQueue.Claim;
import ai.mavster.credits.recharge.terms.NextStep;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks the payment provider about one recharge, as far as it gets. Whatever happens in between, it can be begun anew:
 * each step is written down before or can be repeated.
 */
@Singleton
class Charging {

    private static final Logger LOG = Logger.getLogger(Charging.class);

    private static final Author AUTHOR = new Author(Author.Type.JOB, "recharges", "Auto-recharge");

    private final Recharges recharges;
    private final Payments payments;
    private final Clock clock;

    Charging(Recharges recharges, Payments payments, Clock clock) {
        this.recharges = recharges;
        this.payments = payments;
        this.clock = clock;
    }

    /**
     * Does what is to be done now. Blocks.
     *
     * @return how long to wait until it is processed again, unless it has ended
     */
    Duration advance(Claim claim, PaymentGateway gateway) {
        Recharges.Work work = Outcome.await(recharges.next(claim.accountId(), claim.rechargeId()));
        if (work.payment().provider() != gateway.provider()) {
            LOG.warnf("Recharge %s is of another payment provider than the one configured", claim.rechargeId());
            return Waits.after(Integer.MAX_VALUE, null);
        }
        try {
            switch (work.step()) {
                case CHARGE -> charge(work, gateway);
                case LOOK_UP, CANCEL -> lookUp(work, gateway);
                case EXPIRE, NONE -> {
                    // It has ended.
                }
            }
            return Waits.after(claim.attempts(), null);
        } catch (GatewayFailure failure) {
            LOG.infof("Recharge %s: the payment provider is asked again: %s", claim.rechargeId(), failure.getMessage());
            if (work.step() == NextStep.CHARGE && !failure.isOutcomeKnown()) {
                Outcome.await(recharges.noAnswer(claim.accountId(), claim.rechargeId()));
            }
            return Waits.after(claim.attempts(), failure.retryAfter());
        }
    }

    private void charge(Recharges.Work work, PaymentGateway gateway) {
        Payment payment = work.payment();
        Instant before = clock.instant();
        ProviderPayment state = gateway.charge(
                new PaymentGateway.Order(
                        payment.purchase(), payment.price(), payment.credits().inWords(), null),
                work.paymentMethod());
        apply(state, before);
    }

    /** Also ends at the provider what is to be canceled. Where there is nothing, nothing comes of it any more then. */
    private void lookUp(Recharges.Work work, PaymentGateway gateway) {
        Payment payment = work.payment();
        boolean cancels = work.step() == NextStep.CANCEL;
        Instant before = clock.instant();
        List<ProviderPayment> found = new ArrayList<>(gateway.paymentsFor(payment.purchase()));
        // The newest last, so that its state is the one that stays.
        Collections.reverse(found);
        for (ProviderPayment one : found) {
            if (cancels && isOpen(one)) {
                Instant again = clock.instant();
                apply(gateway.cancel(one.id()), again);
            } else {
                apply(one, before);
            }
        }
        if (cancels && found.isEmpty()) {
            Outcome.await(recharges.nothingThere(payment.accountId(), payment.paymentId()));
        }
    }

    private static boolean isOpen(ProviderPayment payment) {
        return switch (payment.status()) {
            case PENDING, CONFIRMATION_NEEDED -> true;
            case PAID, DECLINED, CANCELED -> false;
        };
    }

    private void apply(ProviderPayment state, Instant fetchedAt) {
        Outcome.join(payments.apply(state, fetchedAt, AUTHOR));
    }
}
