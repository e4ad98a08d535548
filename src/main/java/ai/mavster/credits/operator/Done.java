package ai.mavster.credits.operator;

import ai.mavster.credits.EnumId;
import org.jspecify.annotations.Nullable;

/** What a form has done, for the page that follows. */
public enum Done {
    GRANTED("The credits were granted."),
    ADJUSTED("The account was adjusted."),
    VOIDED("What was left of the grant was taken back."),
    REDELIVERED("The event is delivered again."),
    NOT_DELIVERED("No enabled endpoint wants this event."),
    RETRIED("The payment event is processed again."),
    RENEWED("What is due was renewed."),
    REVOKED("The key was revoked.");

    private final String text;

    Done(String text) {
        this.text = text;
    }

    String id() {
        return EnumId.of(this);
    }

    /** In words; null: nothing that is known. */
    static @Nullable String of(@Nullable String id) {
        for (Done done : values()) {
            if (done.id().equals(id)) {
                return done.text;
            }
        }
        return null;
    }
}
