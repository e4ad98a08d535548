package ai.mavster.credits.recharge;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.recharge.terms.NextStep;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a recharge goes on: what whoever asks the payment provider writes down before and after. What the provider has of
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
}
