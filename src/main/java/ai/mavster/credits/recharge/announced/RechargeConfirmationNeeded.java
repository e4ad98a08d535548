package ai.mavster.credits.recharge.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The customer has to confirm a recharge's payment. */
@Schema(
        name = "RechargeConfirmationNeeded",
        description =
                "The customer has to confirm the payment of a recharge. Until then, or until it expires, no other one is made.",
        examples = """
        {"recharge_id": "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 1000,\
         "price": {"value": 10.00, "currency": "EUR"}, "confirmation_url": "https://payments.example.com/confirm/8b"}""")
public record RechargeConfirmationNeeded(
        @Schema(examples = "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String rechargeId,

        Credits credits,
        Money price,

        @Schema(
                description = "Where the customer confirms it, at the payment provider; null: it named none.",
                examples = "https://payments.example.com/confirm/8b")
        @Nullable
        String confirmationUrl)
        implements Announcement {

    @Override
    public EventType type() {
        return EventType.RECHARGE_CONFIRMATION_NEEDED;
    }
}
