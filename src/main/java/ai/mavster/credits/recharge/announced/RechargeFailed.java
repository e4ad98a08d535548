package ai.mavster.credits.recharge.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A recharge has failed, or was not made since it does not fit within the limit. */
@Schema(
        name = "RechargeFailed",
        description =
                "Auto-recharge has bought nothing: the payment failed, or a recharge does not fit within the limit of the period.",
        examples = """
        {"recharge_id": "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "reason": "declined", "decline_code": "insufficient_funds",\
         "credits": 1000, "price": {"value": 10.00, "currency": "EUR"}, "limit_per_period": 4000, "failures": 1, "paused_until": "2026-11-21T19:39:00Z",\
         "enabled": true}""")
public record RechargeFailed(
        @Schema(
                description = "Null where none was made: limit_reached.",
                examples = "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        @Nullable
        String rechargeId,

        Reason reason,

        @Schema(
                description = "Why it was declined, in the payment provider's word; null: it did not say.",
                examples = "insufficient_funds")
        @Nullable
        String declineCode,

        @Schema(description = "How many it was, or would have been.")
        Credits credits,

        @Schema(description = "What it was to cost; null: none was made.") @Nullable
        Money price,

        @Schema(
                description = "What recharges may add in a month of the subscription; null: that is not set any more.",
                examples = "4000")
        @Nullable
        Credits limitPerPeriod,

        @Schema(description = "How many have failed in a row.", examples = "1")
        int failures,

        @Schema(description = "No further one is made before this, by the real time; null: that is no matter of time.")
        @Nullable
        Instant pausedUntil,

        @Schema(
                description =
                        "Whether auto-recharge is on. After four failures in a row it is switched off, as where a payment could not be credited.")
        boolean enabled)
        implements Announcement {

    /** What was wrong. */
    @Schema(name = "RechargeFailedReason")
    public enum Reason {
        /** The payment was declined. */
        DECLINED,
        /** It was not confirmed in time, or the payment provider could not be asked. */
        EXPIRED,
        /** It was paid and could not be credited: an operator has to see to it. */
        UNCREDITED,
        /** It does not fit within the limit of the period. Once a period. */
        LIMIT_REACHED
    }

    @Override
    public EventType type() {
        return EventType.RECHARGE_FAILED;
    }
}
