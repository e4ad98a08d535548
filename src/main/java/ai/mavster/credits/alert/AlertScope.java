package ai.mavster.credits.alert;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.budget.limit.LimitScope;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an alert is about. */
@Schema(name = "AlertScope")
public enum AlertScope {
    /** A threshold of what the plan grants a month. */
    PLAN,
    /** A threshold of the account's budget. */
    ACCOUNT,
    /** A threshold of a workspace's budget. */
    WORKSPACE,
    /** A threshold of a project's budget. */
    PROJECT,
    /** A single debit that was larger than the account has set. */
    DEBIT,
    /** At the present rate credits run out before the renewal. */
    RUN_RATE,
    /** Nothing is available any more. */
    CREDITS;

    public String id() {
        return EnumId.of(this);
    }

    static AlertScope of(LimitScope scope) {
        return switch (scope) {
            case PLAN -> PLAN;
            case ACCOUNT -> ACCOUNT;
            case WORKSPACE -> WORKSPACE;
            case PROJECT -> PROJECT;
        };
    }
}
