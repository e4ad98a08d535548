package ai.mavster.credits.event;

/** What callers can be told of. */
public enum EventType {
    CREDITS_THRESHOLD_REACHED("credits.threshold_reached"),
    CREDITS_EXHAUSTED("credits.exhausted"),
    CREDITS_AVAILABLE_AGAIN("credits.available_again"),
    CREDITS_RUNNING_OUT("credits.running_out"),
    DEBIT_ABOVE_THRESHOLD("debit.above_threshold"),
    BUDGET_THRESHOLD_REACHED("budget.threshold_reached"),
    BUDGET_EXCEEDED("budget.exceeded"),
    GRANT_POSTED("grant.posted"),
    GRANT_SKIPPED("grant.skipped"),
    TOP_UP_POSTED("top_up.posted"),
    SUBSCRIPTION_UPDATED("subscription.updated"),
    RUN_HARD_FAILURE("run.hard_failure");

    private final String id;

    EventType(String id) {
        this.id = id;
    }

    /** As it is written in JSON: {@code budget.exceeded}. */
    public String id() {
        return id;
    }
}
