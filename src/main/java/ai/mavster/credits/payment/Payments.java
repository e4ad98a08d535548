package ai.mavster.credits.payment;

import ai.mavster.credits.Author;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Ledger;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The one way by which money becomes credits, whichever source reports it. */
@Singleton
public class Payments {

    private final Ledger ledger;

    Payments(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Applies a payment's present state. Harmless to repeat, in any order and from any number of processes at once.
     *
     * @param fetchedAt the time before the provider was asked for it: what was fetched earlier than what was applied
     *     last changes nothing
     * @param author for whom the top-up, or what is claimed of it, is posted
     * @return what came of it; or, exceptionally, {@link Unavailable}: then it has to be applied again
     */
    public CompletionStage<Applied> apply(ProviderPayment state, Instant fetchedAt, Author author) {
        Purchase purchase = state.purchase();
        return purchase == null
                ? CompletableFuture.completedStage(new Applied(null, Finding.NO_PURCHASE))
                : apply(new ApplyPayment(state, purchase, fetchedAt, true, author));
    }

    private CompletionStage<Applied> apply(ApplyPayment command) {
        return ledger.submit(command)
                .thenCompose(outcome -> outcome.fold(
                        (done, replayed) -> done.more()
                                ? apply(command)
                                : CompletableFuture.completedStage(new Applied(done.payment(), done.finding())),
                        refusal -> refused(command, refusal)));
    }

    private CompletionStage<Applied> refused(ApplyPayment command, Refusal refusal) {
        if (refusal.code() == Refusal.Code.ACCOUNT_NOT_FOUND) {
            return CompletableFuture.completedStage(new Applied(null, Finding.UNKNOWN_ACCOUNT));
        }
        if (refusal.code() == Refusal.Code.BALANCE_LIMIT_EXCEEDED && command.fits()) {
            return apply(new ApplyPayment(
                    command.state(), command.purchase(), command.fetchedAt(), false, command.author()));
        }
        return CompletableFuture.failedStage(new RefusalException(refusal));
    }

    /**
     * A payment as it is now; null: the account has none of this id.
     *
     * @return the payment, refused where there is no such account; or, exceptionally, {@link Unavailable}
     */
    public CompletionStage<Outcome<Optional<Payment>>> find(String accountId, UUID paymentId) {
        return ledger.read(
                accountId,
                account -> Optional.ofNullable(
                        account.inBatch(PaymentsInBatch.class).payment(accountId, paymentId)));
    }
}
