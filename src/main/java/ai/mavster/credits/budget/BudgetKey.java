package ai.mavster.credits.budget;

import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.usage.UsedSince;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a budget is of.
 *
 * @param scopeId the account's id where it is of the account or of its plan
 */
public record BudgetKey(String accountId, LimitScope scope, String scopeId) {

    public static BudgetKey ofAccount(String accountId) {
        return new BudgetKey(accountId, LimitScope.ACCOUNT, accountId);
    }

    static BudgetKey ofPlan(String accountId) {
        return new BudgetKey(accountId, LimitScope.PLAN, accountId);
    }

    /** The workspace and the project of a purpose, as far as it names them. */
    static List<BudgetKey> within(String accountId, Purpose purpose) {
        List<BudgetKey> keys = new ArrayList<>(2);
        if (purpose.workspaceId() != null) {
            keys.add(new BudgetKey(accountId, LimitScope.WORKSPACE, purpose.workspaceId()));
        }
        if (purpose.projectId() != null) {
            keys.add(new BudgetKey(accountId, LimitScope.PROJECT, purpose.projectId()));
        }
        return keys;
    }

    boolean covers(Purpose purpose) {
        return scope.covers(scopeId, purpose);
    }

    /** What it has used from an instant on. */
    UsedSince since(Instant start) {
        return new UsedSince(
                accountId,
                scope == LimitScope.WORKSPACE ? scopeId : "",
                scope == LimitScope.PROJECT ? scopeId : "",
                start);
    }
}
