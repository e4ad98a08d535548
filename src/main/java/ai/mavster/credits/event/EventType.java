package ai.mavster.credits.event;

import ai.mavster.credits.EnumId;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The types of events. */
@Schema(name = "EventType")
public enum EventType {
    @JsonProperty("credits.threshold_reached")
    CREDITS_THRESHOLD_REACHED,
    @JsonProperty("credits.exhausted")
    CREDITS_EXHAUSTED,
    @JsonProperty("credits.available_again")
    CREDITS_AVAILABLE_AGAIN,
    @JsonProperty("credits.running_out")
    CREDITS_RUNNING_OUT,
    @JsonProperty("debit.above_threshold")
    DEBIT_ABOVE_THRESHOLD,
    @JsonProperty("budget.threshold_reached")
    BUDGET_THRESHOLD_REACHED,
    @JsonProperty("budget.exceeded")
    BUDGET_EXCEEDED,
    @JsonProperty("grant.posted")
    GRANT_POSTED,
    @JsonProperty("grant.skipped")
    GRANT_SKIPPED,
    @JsonProperty("top_up.posted")
    TOP_UP_POSTED,
    @JsonProperty("recharge.succeeded")
    RECHARGE_SUCCEEDED,
    @JsonProperty("recharge.failed")
    RECHARGE_FAILED,
    @JsonProperty("recharge.confirmation_needed")
    RECHARGE_CONFIRMATION_NEEDED,
    @JsonProperty("subscription.updated")
    SUBSCRIPTION_UPDATED,
    @JsonProperty("run.hard_failure")
    RUN_HARD_FAILURE;

    /** As it is written in JSON and in the database: {@code budget.exceeded}. */
    public String id() {
        return EnumId.of(this);
    }
}
