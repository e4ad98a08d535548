package ai.mavster.credits.ledger;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command that waits for its outcome. Handled by one lane's thread at a time. */
final class Pending<A> {

    private final Command<A> command;
    private final CompletableFuture<Outcome<A>> future = new CompletableFuture<>();
    private final long deadline;

    private @Nullable Outcome<A> outcome;
    private boolean inDoubt;
    private @Nullable UUID attempted;

    /**
     * @param deadline in {@link System#nanoTime} terms
     */
    Pending(Command<A> command, long deadline) {
        this.command = command;
        this.deadline = deadline;
    }

    Command<A> command() {
        return command;
    }

    CompletableFuture<Outcome<A>> future() {
        return future;
    }

    boolean isLate() {
        return System.nanoTime() - deadline > 0;
    }

    /** Decides the command in a batch; nobody is told before {@link #release}. */
    void decideIn(Batch batch) {
        outcome = batch.decide(command);
    }

    /** The batch's commit was not answered: what is found under this command's key next may be its own effect. */
    void commitInDoubt() {
        inDoubt = true;
        attempted = newPosting();
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    /** The batch is committed: tells the caller. */
    void release() {
        if (outcome instanceof Outcome.Accepted<A> accepted
                && accepted.answer() instanceof Posting posting
                && posting.postingId().equals(attempted)) {
            future.complete(Outcome.accepted(accepted.answer()));
        } else {
            future.complete(outcome);
        }
    }

    void fail(RuntimeException failure) {
        future.completeExceptionally(failure);
    }

    private @Nullable UUID newPosting() {
        return outcome instanceof Outcome.Accepted<A> accepted
                        && !accepted.replayed()
                        && accepted.answer() instanceof Posting posting
                ? posting.postingId()
                : attempted;
    }
}
