package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.run.record.Run;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run may start: a preflight asks it, and so does the start. What the holds of the runs above it have left is
 * there for it too.
 *
 * @param parentRunId the run that calls it; null: none
 * @param estimate what it is expected to cost; null: any credit will do
 * @param purpose what it is for; what it does not say its parent does
 */
public record StartCheck(
        String accountId,
        @Nullable String parentRunId,
        @Nullable Credits estimate,
        Purpose purpose) {

    /** Of a run that waits to start. */
    static StartCheck of(Run run) {
        return new StartCheck(
                run.accountId(),
                run.parentRunId(),
                run.estimated(),
                new Purpose(null, null, run.workspaceId(), run.projectId(), run.testId(), run.runId()));
    }

    /**
     * Why it may not start with a hold; null: it may.
     *
     * @param hold null: without one
     */
    @Nullable
    Refusal refusalToStart(@Nullable Credits hold, AccountView account) {
        Refusal refusal = refusal(account);
        return refusal == null && hold != null ? refusal(hold, account) : refusal;
    }

    /** A debit of the run above, by which the same is decided: what has to be read for it. */
    public List<Command<?>> about() {
        return parentRunId == null
                ? List.of()
                : List.of(Command.Debit.asked(
                        accountId,
                        Credits.ZERO,
                        Command.OnInsufficient.REFUSE,
                        new Purpose(null, null, null, null, null, parentRunId)));
    }

    /** Why it may not start now; null: it may. */
    public @Nullable Refusal refusal(AccountView account) {
        Refusal notBelow = notBelow(account);
        return notBelow == null ? refusal(estimate, account) : notBelow;
    }

    /** Why so much may not be spent by it, or reserved for it; null: it may. */
    @Nullable
    Refusal refusal(@Nullable Credits credits, AccountView account) {
        Run parent = parent(account);
        Purpose of = parent == null ? purpose : purpose.orOf(parent.workspaceId(), parent.projectId(), parent.testId());
        return account.refusal(new AccountView.Need(credits, of, holds(account)));
    }

    /** The holds of the runs above it, nearest first. */
    List<UUID> holds(AccountView account) {
        return account.inBatch(RunsInBatch.class).holds(account, parentRunId);
    }

    /** What there is for it: what nobody has reserved, and what the runs above it have. */
    public Credits available(AccountView account) {
        Credits available = account.available();
        for (UUID holdId : holds(account)) {
            Hold hold = account.hold(holdId);
            available = hold == null ? available : available.plus(hold.remaining());
        }
        return available;
    }

    private @Nullable Run parent(AccountView account) {
        return parentRunId == null ? null : account.inBatch(RunsInBatch.class).run(account, parentRunId);
    }

    private @Nullable Refusal notBelow(AccountView account) {
        if (parentRunId == null) {
            return null;
        }
        Run parent = parent(account);
        if (parent == null) {
            return RunRefusals.notFound(parentRunId);
        }
        if (!parent.isRunning()) {
            return RunRefusals.notRunning(parent);
        }
        return account.inBatch(RunsInBatch.class).upFrom(account, parentRunId).size() >= RunRefusals.MOST_LEVELS
                ? RunRefusals.nestedTooDeep(parentRunId)
                : null;
    }
}
