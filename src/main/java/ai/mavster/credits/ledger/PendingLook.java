package ai.mavster.credits.ledger;

import ai.mavster.credits.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A question about an account that waits for its answer. */
final class PendingLook<A> {

    private final String accountId;
    private final Function<Books, A> question;
    private final long deadline;
    private final CompletableFuture<Outcome<A>> future = new CompletableFuture<>();

    /**
     * @param question answered from the account's books; refused with {@link Refusal.Code#ACCOUNT_NOT_FOUND} where there are none
     * @param deadline in {@link System#nanoTime} terms
     */
    PendingLook(String accountId, Function<Books, A> question, long deadline) {
        this.accountId = accountId;
        this.question = question;
        this.deadline = deadline;
    }

    String accountId() {
        return accountId;
    }

    CompletableFuture<Outcome<A>> future() {
        return future;
    }

    boolean isLate() {
        return System.nanoTime() - deadline > 0;
    }

    /** A question that fails fails alone. */
    void answerFrom(Batch batch) {
        try {
            future.complete(batch.look(accountId, question));
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    void fail(RuntimeException failure) {
        future.completeExceptionally(failure);
    }
}
