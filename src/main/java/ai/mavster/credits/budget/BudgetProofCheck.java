package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.proof.Booked;
import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import ai.mavster.credits.sql.Row;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Budgets are as they were set, and have counted what was posted and what is held: all that is counting now.
 */
@Singleton
class BudgetProofCheck implements ProofCheck {

    private static final String CHECK = "budgets";

    private static final String COUNTING =
            "SELECT scope, scope_id, window_start, window_end, used, held FROM budget_window WHERE account_id = ? AND counting";

    private static final String SPENT =
            "SELECT workspace_id, project_id, CASE kind WHEN 'debit' THEN credits ELSE -credits END, debited_at FROM "
                    + Booked.SPENDING_OF_DEBITS + " spent";

    private static final String HELD = "SELECT workspace_id, project_id, remaining FROM " + Booked.OPEN_HOLDS + " held";

    private static final String COUNTS_NOTHING = """
            SELECT scope || ' ' || scope_id || ' counts nothing' FROM budget b WHERE b.account_id = ? AND b.scope <> 'plan'
            AND NOT EXISTS (SELECT FROM budget_window w WHERE w.account_id = b.account_id AND w.scope = b.scope
                            AND w.scope_id = b.scope_id AND w.counting)""";

    private static final String COUNTS_FOR_NONE = """
            SELECT scope || ' ' || scope_id || ' counts for no budget' FROM budget_window w
            WHERE w.account_id = ? AND w.counting AND w.scope <> 'plan'
            AND NOT EXISTS (SELECT FROM budget b WHERE b.account_id = w.account_id AND b.scope = w.scope
                            AND b.scope_id = w.scope_id)""";

    /** What is to be found of what was counted: nothing more, once all was found. */
    private static final class Rest {

        private final Instant start;
        private final Instant end;
        private Credits used;
        private Credits held;

        private Rest(Row row) throws SQLException {
            start = row.instant();
            end = row.instant();
            used = row.credits();
            held = row.credits();
        }

        private void spent(Credits credits, Instant at) {
            if (!at.isBefore(start) && at.isBefore(end)) {
                used = used.minus(credits);
            }
        }
    }

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums(CHECK, BudgetTable.budgets());
        account.checksums(CHECK, BudgetTable.windows());
        account.none(CHECK, COUNTS_NOTHING);
        account.none(CHECK, COUNTS_FOR_NONE);
        String accountId = account.accountId();
        Map<BudgetKey, Rest> rests = new HashMap<>();
        account.each(
                COUNTING,
                row -> rests.put(
                        new BudgetKey(accountId, EnumId.parse(LimitScope.class, row.text()), row.text()),
                        new Rest(row)));
        account.each(SPENT, row -> {
            Purpose purpose = purpose(row);
            Credits credits = row.credits();
            Instant at = row.instant();
            spent(rests.get(BudgetKey.ofAccount(accountId)), credits, at);
            spent(rests.get(BudgetKey.ofPlan(accountId)), credits, at);
            BudgetKey.within(accountId, purpose).forEach(key -> spent(rests.get(key), credits, at));
        });
        account.each(HELD, row -> {
            Purpose purpose = purpose(row);
            Credits credits = row.credits();
            for (BudgetKey key : BudgetKey.within(accountId, purpose)) {
                Rest rest = rests.get(key);
                if (rest != null) {
                    rest.held = rest.held.minus(credits);
                }
            }
        });
        rests.forEach((key, rest) -> {
            String of = key.scope().id() + " " + key.scopeId();
            if (!rest.used.isZero()) {
                account.fail(CHECK, of + " has used something else");
            }
            if (!rest.held.isZero()) {
                account.fail(CHECK, of + " holds something else");
            }
        });
    }

    private static void spent(@Nullable Rest rest, Credits credits, Instant at) {
        if (rest != null) {
            rest.spent(credits, at);
        }
    }

    private static Purpose purpose(Row row) throws SQLException {
        return new Purpose(null, null, row.textOrNull(), row.textOrNull(), null, null);
    }
}
