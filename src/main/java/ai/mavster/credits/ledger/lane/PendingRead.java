package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant.NotRead;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A question about an account that waits for its answer. */
public final class PendingRead<A> implements Queued {

    private final String accountId;
    private final List<Command<?>> about;
    private final Function<AccountView, A> question;
    private final long submitted;
    private final long deadline;
    private final @Nullable Context request;
    private final CompletableFuture<Outcome<A>> future = new CompletableFuture<>();

    /**
     * @param about commands whose decisions the question is about, if any
     * @param question answered from the account; refused with {@link Refusal.Code#ACCOUNT_NOT_FOUND} where there is
     *     none
     * @param submitted when, in {@link System#nanoTime} terms; {@code deadline} likewise
     * @param request whose question it is, where that is traced
     */
    public PendingRead(
            String accountId,
            List<Command<?>> about,
            Function<AccountView, A> question,
            long submitted,
            long deadline,
            @Nullable Context request) {
        this.accountId = accountId;
        this.about = List.copyOf(about);
        this.question = question;
        this.submitted = submitted;
        this.deadline = deadline;
        this.request = request;
    }

    @Override
    public String accountId() {
        return accountId;
    }

    @Override
    public long submitted() {
        return submitted;
    }

    @Override
    public @Nullable Context request() {
        return request;
    }

    List<Command<?>> about() {
        return about;
    }

    public CompletableFuture<Outcome<A>> future() {
        return future;
    }

    /** Its caller has waited for as long as any has to. */
    public boolean isLate() {
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
