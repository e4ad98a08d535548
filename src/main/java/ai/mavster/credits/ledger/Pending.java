package ai.mavster.credits.ledger;

import ai.mavster.credits.Refusal;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command that waits for its outcome. Handled by one lane's thread at a time. */
final class Pending<A> {

    private final Command<A> command;
    private final CompletableFuture<Outcome<A>> future = new CompletableFuture<>();
    private final long submitted;
    private final long deadline;

    private @Nullable Outcome<A> outcome;
    private boolean inDoubt;
    private @Nullable UUID attempted;

    /**
     * @param submitted when, in {@link System#nanoTime} terms; {@code deadline} likewise
     */
    Pending(Command<A> command, long submitted, long deadline) {
        this.command = command;
        this.submitted = submitted;
        this.deadline = deadline;
    }

    Command<A> command() {
        return command;
    }

    CompletableFuture<Outcome<A>> future() {
        return future;
    }

    long submitted() {
        return submitted;
    }

    /** Why the command was refused in the last batch that it was decided in; null: it was not. */
    @Nullable
    Refusal refusal() {
        return outcome instanceof Outcome.Refused<A> refused ? refused.refusal() : null;
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
