package ai.mavster.credits.recharge.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A recharge was paid and credited.
 *
 * @param balance the account's after it; {@code held} and {@code available} likewise
 */
@Schema(name = "RechargeSucceeded", description = "Auto-recharge has bought credits.", examples = """
        {"recharge_id": "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 1000,\
         "price": {"value": 10.00, "currency": "EUR"}, "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",\
         "balance": 1099.5, "held": 0, "available": 1099.5}""")
public record RechargeSucceeded(
        @Schema(examples = "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String rechargeId,

        Credits credits,
        Money price,

        @Schema(description = "The top-up.", examples = "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String grantId,

        Credits balance,
        Credits held,
        Credits available)
        implements Announcement {

    @Override
    public EventType type() {
        return EventType.RECHARGE_SUCCEEDED;
    }
}
