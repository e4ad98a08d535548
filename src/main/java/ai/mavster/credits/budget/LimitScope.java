package ai.mavster.credits.budget;

/** What a limit is of; of several that leave equally little the first is named. */
public enum LimitScope {
    /** The allotment of the account's plan: nothing is refused by it, but it has thresholds. */
    PLAN,
    /** All that an account spends. */
    ACCOUNT,
    /** What is spent for one workspace. */
    WORKSPACE,
    /** What is spent for one project. */
    PROJECT
}
