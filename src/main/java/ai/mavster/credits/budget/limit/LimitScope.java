package ai.mavster.credits.budget.limit;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.ledger.posting.Purpose;

/** What a limit is of; of several that leave equally little the first is named. */
public enum LimitScope {
    /** The allotment of the account's plan: nothing is refused by it, but it has thresholds. */
    PLAN,
    /** All that an account spends. */
    ACCOUNT,
    /** What is spent for one workspace. */
    WORKSPACE,
    /** What is spent for one project. */
    PROJECT;

    /** As in the database and in JSON: {@code project}. */
    public String id() {
        return EnumId.of(this);
    }

    /** Whether what is spent or held for a purpose counts. */
    public boolean covers(String scopeId, Purpose purpose) {
        return switch (this) {
            case PLAN, ACCOUNT -> true;
            case WORKSPACE -> scopeId.equals(purpose.workspaceId());
            case PROJECT -> scopeId.equals(purpose.projectId());
        };
    }

    /** Whether what open holds reserve is counted by the account itself. */
    public boolean isOfWholeAccount() {
        return this == PLAN || this == ACCOUNT;
    }
}
