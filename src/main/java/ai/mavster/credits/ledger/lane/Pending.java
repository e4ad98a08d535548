package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.sql.SqlFailure;
import io.opentelemetry.context.Context;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command that waits for its outcome. Handled by one thread at a time. */
public final class Pending<A> implements Queued {

    private final Command<A> command;
    private final CompletableFuture<Outcome<A>> future = new CompletableFuture<>();
    private final long submitted;
    private final long deadline;
    private final @Nullable Context request;

    private @Nullable Outcome<A> outcome;
    private @Nullable InvalidInput invalid;
    private @Nullable UUID answerId;
    private boolean inDoubt;
    private @Nullable UUID attempted;

    /**
     * @param submitted when, in {@link System#nanoTime} terms; {@code deadline} likewise
     * @param request whose command it is, where that is traced
     */
    public Pending(Command<A> command, long submitted, long deadline, @Nullable Context request) {
        this.command = command;
        this.submitted = submitted;
        this.deadline = deadline;
        this.request = request;
    }

    public Command<A> command() {
        return command;
    }

    @Override
    public String accountId() {
        return command.accountId();
    }

    public CompletableFuture<Outcome<A>> future() {
        return future;
    }

    @Override
    public long submitted() {
        return submitted;
    }

    @Override
    public @Nullable Context request() {
        return request;
    }

    /** Why the command was refused in the last batch that it was decided in; null: it was not. */
    @Nullable
    Refusal refusal() {
        return outcome instanceof Outcome.Refused<A> refused ? refused.refusal() : null;
    }

    /** Its caller has waited for as long as any has to. */
    public boolean isLate() {
        return System.nanoTime() - deadline > 0;
    }

    /** Decides the command in a batch; the caller is answered by {@link #release}, and not before. */
    void decideIn(Batch batch) {
        outcome = null;
        invalid = null;
        try {
            outcome = batch.decide(command);
        } catch (InvalidInput e) {
            invalid = e;
        }
        answerId = batch.answerId(command);
    }

    /** The batch's commit was not answered: what is found under this command's key next may be its own effect. */
    void commitInDoubt() {
        inDoubt = true;
        if (outcome instanceof Outcome.Accepted<A> accepted && !accepted.replayed()) {
            attempted = answerId;
        }
    }

    /** The batch is committed: answers the caller. What an attempt in doubt did is a first answer, not a repeat. */
    void release() {
        if (invalid != null) {
            future.completeExceptionally(invalid);
            return;
        }
        boolean ownEffect = attempted != null && attempted.equals(answerId);
        if (ownEffect && outcome instanceof Outcome.Accepted<A> accepted) {
            future.complete(Outcome.accepted(accepted.answer()));
        } else {
            future.complete(outcome);
        }
    }

    /** There is no room for it, and it is not tried; unless it was before, and may have had its effect. */
    public void turnAway() {
        future.completeExceptionally(
                new Unavailable(inDoubt ? Unavailable.Reason.OUTCOME_UNKNOWN : Unavailable.Reason.OVERLOADED, null));
    }

    /** The database was out of reach for too long. */
    void failUnavailable(@Nullable Throwable cause) {
        future.completeExceptionally(new Unavailable(
                inDoubt ? Unavailable.Reason.OUTCOME_UNKNOWN : Unavailable.Reason.DATABASE_UNREACHABLE, cause));
    }

    /** It will not be tried again. Where it was in doubt before, it still is. */
    public void fail(Throwable failure) {
        if (inDoubt || (failure instanceof SQLException e && SqlFailure.isTransient(e))) {
            failUnavailable(failure);
        } else {
            future.completeExceptionally(new IllegalStateException("The command could not be carried out", failure));
        }
    }
}
