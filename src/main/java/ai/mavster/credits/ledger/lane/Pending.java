package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.Command;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command that waits for its outcome. Handled by one lane's thread at a time. */
public final class Pending<A> {

    private final Command<A> command;
    private final CompletableFuture<Outcome<A>> future = new CompletableFuture<>();
    private final long submitted;
    private final long deadline;

    private @Nullable Outcome<A> outcome;
    private @Nullable UUID answerId;
    private boolean inDoubt;
    private @Nullable UUID attempted;

    /**
     * @param submitted when, in {@link System#nanoTime} terms; {@code deadline} likewise
     */
    public Pending(Command<A> command, long submitted, long deadline) {
        this.command = command;
        this.submitted = submitted;
        this.deadline = deadline;
    }

    public Command<A> command() {
        return command;
    }

    public CompletableFuture<Outcome<A>> future() {
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

    /** Decides the command in a batch; the caller is answered by {@link #release}, and not before. */
    void decideIn(Batch batch) {
        outcome = batch.decide(command);
        answerId = batch.answerId(command);
    }

    /** The batch's commit was not answered: what is found under this command's key next may be its own effect. */
    void commitInDoubt() {
        inDoubt = true;
        if (outcome instanceof Outcome.Accepted<A> accepted && !accepted.replayed()) {
            attempted = answerId;
        }
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    /** The batch is committed: answers the caller. What an attempt in doubt did is a first answer, not a repeat. */
    void release() {
        boolean ownEffect = attempted != null && attempted.equals(answerId);
        if (ownEffect && outcome instanceof Outcome.Accepted<A> accepted) {
            future.complete(Outcome.accepted(accepted.answer()));
        } else {
            future.complete(outcome);
        }
    }

    public void fail(RuntimeException failure) {
        future.completeExceptionally(failure);
    }
}
