package ai.mavster.credits.model;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Correction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as the design describes it, in plain lists and loops: what the kernel answers is compared with what this
 * answers. It shares no rule with the kernel. Amounts are millionths; answers are text, in the form that {@link Text}
 * gives the kernel's.
 */
final class ReferenceAccount {

    final String accountId;
    final ReferenceSubscription subscription = new ReferenceSubscription();
    final ReferenceGrants grants = new ReferenceGrants();
    final ReferenceRuns runs = new ReferenceRuns(this);
    final ReferenceQueue queue = new ReferenceQueue(this);
    final ReferenceRunEnds runEnds = new ReferenceRunEnds(this);
    final ReferenceUsage usage = new ReferenceUsage();
    final ReferenceBudgets budgets = new ReferenceBudgets(this);
    final ReferenceCorrections corrections = new ReferenceCorrections(this);
    final ReferenceRecharges recharges = new ReferenceRecharges(this);
    final ReferenceClosing closing = new ReferenceClosing(this);
    final List<ReferenceDebit> debits = new ArrayList<>();
    private final Map<String, Remembered> keys = new HashMap<>();

    ReferenceAccount(String accountId) {
        this.accountId = accountId;
    }

    private record Remembered(Object request, String answer) {}

    long balance() {
        return grants.balance();
    }

    long available() {
        return balance() - runs.held();
    }

    /** What every read shows at an instant, whether or not anything was settled. */
    String overviewAt(Instant now) {
        long held = runs.heldAt(now);
        long balance = ReferenceGrants.sum(grants.leftAt(now, runs.holdings()));
        long available = balance - held;
        ReferenceBudgets.Charge charge = new ReferenceBudgets.Charge(null, null, List.of());
        long spendable = subscription.runsAt(now) ? budgets.most(charge, available, now) : 0;
        String blocked = !subscription.runsAt(now)
                ? "SUBSCRIPTION_REQUIRED"
                : available == 0
                        ? "INSUFFICIENT_CREDITS"
                        : budgets.most(charge, 1, now) == 0 ? "BUDGET_EXCEEDED" : null;
        blocked = closing.isOver() ? "ACCOUNT_CLOSED" : blocked;
        return Text.overview(balance, held, grants.owed, spendable, blocked, subscription.next(this, now));
    }

    /** The balance at a later instant if nothing happens after now, and what is held then stays held. */
    long balanceIfNothingIsReleased(Instant now, Instant later) {
        ReferenceGrants then = grants.at(now, runs.holdings());
        return ReferenceGrants.sum(then.leftAt(
                later.isBefore(now) ? now : later,
                List.of(new ReferenceGrants.Holding(runs.heldAt(now), now, Instant.MAX))));
    }

    /** What the account's own row says, once it is settled. */
    String row() {
        return Text.row(grants.entries.size(), balance(), runs.held(), grants.owed, closing.at());
    }

    @Nullable
    String objection(
            @Nullable Long asked, long spendable, ReferenceBudgets.Charge charge, Instant now, String alsoTold) {
        return objection(asked, spendable, balance() - spendable, charge, now, alsoTold);
    }

    /**
     * Why so much may not be spent, where so much is there to be spent; null: it may.
     *
     * @param asked null: as little as there is
     * @param heldByOthers what there would be beside
     */
    @Nullable
    String objection(
            @Nullable Long asked,
            long spendable,
            long heldByOthers,
            ReferenceBudgets.Charge charge,
            Instant now,
            String alsoTold) {
        String has = "balance=%s, held=%s, next_grant=%s, owed=%s"
                .formatted(
                        Text.credits(balance()),
                        Text.credits(runs.held()),
                        subscription.next(this, now),
                        Text.credits(grants.owed));
        String required = asked == null ? "null" : Text.credits(asked);
        if (!subscription.runsAt(now)) {
            return "refused SUBSCRIPTION_REQUIRED [account_id=%s, %s, required=%s%s, subscription_status=%s] until subscription"
                    .formatted(accountId, has, required, alsoTold, subscription.statusAt(now));
        }
        long needed = asked == null ? 1 : asked;
        return needed <= spendable
                ? budgets.objection(charge, asked, spendable, now, alsoTold)
                : "refused INSUFFICIENT_CREDITS [account_id=%s, available=%s, %s, required=%s%s, shortfall=%s] until %s"
                        .formatted(
                                accountId,
                                Text.credits(spendable),
                                has,
                                required,
                                alsoTold,
                                asked == null ? "null" : Text.credits(asked - spendable),
                                needed <= spendable + heldByOthers ? "hold" : "top_up");
    }

    String debit(Command.Debit debit, Instant now) {
        settle(now);
        String earlier = remembered(debit.idempotencyKey(), asked(debit));
        if (earlier != null) {
            return earlier;
        }
        String runId = debit.purpose().runId();
        if (runs.takesNoDebits(runId)) {
            return "refused RUN_NOT_RUNNING []";
        }
        String projectId = runs.projectOf(runId, debit.purpose().projectId());
        if (debit.purpose().projectId() != null && !debit.purpose().projectId().equals(projectId)) {
            return "invalid project_id";
        }
        long asked = debit.credits().millionths();
        long spendable = available() + runs.reservedFor(runId);
        String workspaceId = debit.purpose().workspaceId();
        ReferenceBudgets.Charge charge = runs.charge(workspaceId, projectId, runId);
        long most = budgets.most(charge, spendable, now);
        boolean takesLess =
                debit.onInsufficient() == Command.OnInsufficient.TAKE_AVAILABLE && most > 0 && subscription.runsAt(now);
        String objection = takesLess ? null : objection(asked, spendable, charge, now, "");
        if (objection != null) {
            runs.wasRefused(runId, objection, now);
            return objection;
        }
        long charged = takesLess ? Math.min(asked, most) : asked;
        int before = grants.entries.size();
        long captured = runs.debited(runId, charged, now);
        String testId = debit.purpose().testId();
        debits.add(new ReferenceDebit(
                now, runId, workspaceId, projectId, testId, grants.take("debit", charged, captured)));
        usage.debited(projectId, testId, charged);
        if (charged > 0) {
            budgets.debited(workspaceId, projectId, now);
        }
        return remember(
                debit.idempotencyKey(),
                asked(debit),
                posting("debit", asked, charged, captured, entriesSince(before))
                        + Text.beside(debit.texts(), null, debit.author()));
    }

    String grant(Command.Grant grant, Instant now) {
        settle(now);
        String earlier = remembered(grant.idempotencyKey(), asked(grant));
        if (earlier != null) {
            return earlier;
        }
        long credits = grant.credits().millionths();
        if (!fits(credits)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        String kind = grant.kind().name();
        String entry = give(kind, credits, grant.expiresAt(), now);
        return remember(
                grant.idempotencyKey(),
                asked(grant),
                posting(ReferenceGrants.posting(kind), credits, credits, 0, List.of(entry))
                        + Text.beside(grant.texts(), grant.amount(), grant.author()));
    }

    boolean fits(long credits) {
        return balance() <= Long.MAX_VALUE - credits;
    }

    String give(String kind, long credits, @Nullable Instant expiresAt, Instant now) {
        return grants.give(kind, ReferenceGrants.posting(kind), credits, expiresAt, now);
    }

    String reverse(Correction.Reversal reversal, Instant now) {
        settle(now);
        String earlier = remembered(reversal.idempotencyKey(), asked(reversal));
        if (earlier != null) {
            return earlier;
        }
        ReferenceDebit debit = debits.stream()
                .filter(one -> reversal.debitId().equals(one.id))
                .findFirst()
                .orElse(null);
        if (debit == null) {
            return "refused DEBIT_NOT_FOUND []";
        }
        long asked =
                reversal.credits() == null ? debit.left() : reversal.credits().millionths();
        if (asked == 0 || asked > debit.left()) {
            return "refused REVERSAL_EXCEEDS_DEBIT [debit_credits=%s, reversed=%s, reversible=%s]"
                    .formatted(
                            Text.credits(debit.taken()),
                            Text.credits(debit.taken() - debit.left()),
                            Text.credits(debit.left()));
        }
        if (!fits(asked)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        List<String> entries = grants.giveBack(debit.shares, asked);
        usage.reversed(debit.projectId, debit.testId, asked);
        return remember(
                reversal.idempotencyKey(),
                asked(reversal),
                posting("reversal", asked, asked, 0, entries) + Text.beside(reversal.texts(), null, reversal.author()));
    }

    /** Lets time pass: holds end, and what has expired goes. */
    String settle(Instant now) {
        grants.pass(now, runs.holdings());
        runs.lapse(now);
        return "settled";
    }

    /** Whoever asks for it: it is the same request. */
    static String asked(Command.Posts command) {
        return command.toString().replace(command.author().toString(), "");
    }

    List<String> entriesSince(int before) {
        return List.copyOf(grants.entries.subList(before, grants.entries.size()));
    }

    String posting(String kind, long asked, long moved, long captured, List<String> entries) {
        return Text.posting(kind, asked, moved, captured, balance(), runs.held(), grants.owed, entries);
    }

    /** Keeps the answer for whoever sends the key again. */
    String remember(@Nullable String key, Object request, String answer) {
        if (key != null) {
            keys.put(key, new Remembered(request, answer));
        }
        return answer;
    }

    /**
     * What the key was told, and what any other is told once the account is closed; null: it is to be decided. It means
     * the same to all commands of the account.
     */
    @Nullable
    String remembered(@Nullable String key, Object request) {
        Remembered earlier = key == null ? null : keys.get(key);
        if (earlier == null) {
            return closing.refusal();
        }
        return earlier.request.equals(request) ? earlier.answer + " again" : "refused IDEMPOTENCY_KEY_REUSED []";
    }
}
