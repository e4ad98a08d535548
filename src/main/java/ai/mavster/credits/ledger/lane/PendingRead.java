package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.NotRead;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A question about an account that waits for its answer. */
public final class PendingRead<A> {

    private final String accountId;
    private final List<Command<?>> about;
    private final Function<AccountView, A> question;
    private final long deadline;
    private final CompletableFuture<Outcome<A>> future = new CompletableFuture<>();

    /**
     * @param about commands whose decisions the question is about, if any
     * @param question answered from the account; refused with {@link Refusal.Code#ACCOUNT_NOT_FOUND} where there is
     *     none
     * @param deadline in {@link System#nanoTime} terms
     */
    public PendingRead(String accountId, List<Command<?>> about, Function<AccountView, A> question, long deadline) {
        this.accountId = accountId;
        this.about = List.copyOf(about);
        this.question = question;
        this.deadline = deadline;
    }

    String accountId() {
        return accountId;
    }

    List<Command<?>> about() {
        return about;
    }

    public CompletableFuture<Outcome<A>> future() {
        return future;
    }

    boolean isLate() {
        return System.nanoTime() - deadline > 0;
    }

    /**
     * A question that fails fails alone.
     *
     * @throws NotRead if it needs more: it is to be asked again
     */
    void answerFrom(Batch batch) {
        try {
            future.complete(batch.read(accountId, question));
        } catch (NotRead e) {
            throw e;
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    public void fail(Throwable failure) {
        future.completeExceptionally(
                failure instanceof RuntimeException
                        ? failure
                        : new IllegalStateException("The question could not be answered", failure));
    }
}
