package ai.mavster.credits.recharge;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentsInBatch;
import ai.mavster.credits.recharge.terms.NextStep;
import ai.mavster.credits.recharge.terms.RechargeState;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a recharge goes on: what is written down before and after the payment provider is asked. What the provider has of
 * its payment is {@linkplain ai.mavster.credits.payment.Payments#apply applied} as that of any other, and heard here.
 *
 * <p>Each answers once it is committed; or, exceptionally, {@link Unavailable}.
 */
@Singleton
public class Recharges {

    private final Ledger ledger;
    private final Duration expiresAfter;

    Recharges(Ledger ledger, @ConfigProperty(name = "credits.recharge.expires-after") Duration expiresAfter) {
        this.ledger = ledger;
        this.expiresAfter = expiresAfter;
    }

    /**
     * What is to be done about a recharge now.
     *
     * @param paymentMethod null: the provider's default
     */
    public record Work(
            NextStep step, Payment payment, @Nullable String paymentMethod) {}

    /** Decides what is to be done now. That money is going to be asked for is written down. */
    public CompletionStage<Outcome<Work>> next(String accountId, UUID rechargeId) {
        return ledger.submit(new AskProvider(accountId, rechargeId, expiresAfter));
    }

    /** The provider gave no answer: it may have taken the money, or not. */
    public CompletionStage<Outcome<Boolean>> noAnswer(String accountId, UUID rechargeId) {
        return ledger.submit(new NoAnswer(accountId, rechargeId));
    }

    /** The provider has nothing of it, and will take nothing for it any more. */
    public CompletionStage<Outcome<Boolean>> nothingThere(String accountId, UUID rechargeId) {
        return ledger.submit(new EndUnpaid(accountId, rechargeId));
    }

    /**
     * Decides what is to be done about a recharge now, and writes down before the provider is asked for money that it is
     * going to be; or ends one that it was never asked for.
     */
    record AskProvider(String accountId, UUID rechargeId, Duration expiresAfter)
            implements RechargeCommand<Work>, OfRecharge {

        @Override
        public Class<Work> answerType() {
            return Work.class;
        }

        /** What is under way is ended. */
        @Override
        public boolean isForClosedToo() {
            return true;
        }

        @Override
        public Change<Work> decide(RechargesInBatch state, AccountView account) {
            Recharge recharge = Objects.requireNonNull(state.recharge(accountId, rechargeId));
            PaymentsInBatch payments = account.inBatch(PaymentsInBatch.class);
            Payment payment = Objects.requireNonNull(payments.payment(accountId, rechargeId));
            NextStep step = NextStep.of(
                    recharge.status(),
                    payment.orderedAt(),
                    recharge.askedAt(),
                    state.now(),
                    expiresAfter,
                    account.closedAt() != null);
            Work work = new Work(step, payment, recharge.paymentMethod());
            return switch (step) {
                case CHARGE -> asking(recharge, state, work);
                case EXPIRE ->
                    Change.accepted(() -> {
                        payments.cancel(payment, account);
                        return work;
                    });
                case LOOK_UP, CANCEL, NONE -> Change.unchanged(work);
            };
        }

        private static Change<Work> asking(Recharge recharge, RechargesInBatch state, Work work) {
            Recharge asked =
                    recharge.asked(RechargeState.after(recharge.status(), RechargeState.Heard.ASKED), state.now());
            return asked.equals(recharge)
                    ? Change.unchanged(work)
                    : Change.accepted(() -> {
                        state.put(asked);
                        return work;
                    });
        }
    }

    /** Writes down that the provider gave no answer. Answers whether that is news. */
    record NoAnswer(String accountId, UUID rechargeId) implements RechargeCommand<Boolean>, OfRecharge {

        @Override
        public Class<Boolean> answerType() {
            return Boolean.class;
        }

        @Override
        public boolean isForClosedToo() {
            return true;
        }

        @Override
        public Change<Boolean> decide(RechargesInBatch state, AccountView account) {
            Recharge recharge = Objects.requireNonNull(state.recharge(accountId, rechargeId));
            RechargeStatus after = RechargeState.after(recharge.status(), RechargeState.Heard.NO_ANSWER);
            return after == recharge.status()
                    ? Change.unchanged(false)
                    : Change.accepted(() -> {
                        state.put(recharge.at(after, account.asOf()));
                        return true;
                    });
        }
    }

    /** Ends a recharge that the provider has nothing of. Answers whether it was open. */
    record EndUnpaid(String accountId, UUID rechargeId) implements RechargeCommand<Boolean>, OfRecharge {

        @Override
        public Class<Boolean> answerType() {
            return Boolean.class;
        }

        @Override
        public boolean isForClosedToo() {
            return true;
        }

        @Override
        public Change<Boolean> decide(RechargesInBatch state, AccountView account) {
            PaymentsInBatch payments = account.inBatch(PaymentsInBatch.class);
            Payment payment = Objects.requireNonNull(payments.payment(accountId, rechargeId));
            return payment.status().isOpen()
                    ? Change.accepted(() -> {
                        payments.cancel(payment, account);
                        return true;
                    })
                    : Change.unchanged(false);
        }
    }
}
