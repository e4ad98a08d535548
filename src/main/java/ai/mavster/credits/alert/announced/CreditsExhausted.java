package ai.mavster.credits.alert.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.ledger.AccountView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Nothing is available any more: all there is, if anything, is held. */
@Schema(
        name = "CreditsExhausted",
        description = "Nothing is available any more: all there is, if anything, is held.",
        examples = """
        {"balance": 40, "held": 40, "owed": 0}""")
public record CreditsExhausted(
        @Schema(examples = "40") Credits balance,

        @Schema(description = "By open holds.", examples = "40")
        Credits held,

        @Schema(description = "What the next credits settle first.", examples = "0")
        Credits owed)
        implements Announcement {

    /** Of what was heard. */
    public static CreditsExhausted of(AccountView account) {
        return new CreditsExhausted(account.balance(), account.held(), account.owed());
    }

    @Override
    public EventType type() {
        return EventType.CREDITS_EXHAUSTED;
    }
}
