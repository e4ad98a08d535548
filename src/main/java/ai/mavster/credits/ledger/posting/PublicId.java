package ai.mavster.credits.ledger.posting;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as callers see them: a UUID behind a prefix that says what it is the id of. */
public enum PublicId {
    GRANT,
    DEBIT,
    HOLD,
    REVERSAL,
    VOID,
    ADJUSTMENT,
    EXPIRY,
    CLAWBACK,
    SETTLEMENT,
    CHANGE,
    ALERT,
    CHECKOUT,
    RECHARGE,
    RECONCILIATION;

    private final String prefix = name().toLowerCase(Locale.ROOT) + "_";

    public String of(UUID id) {
        return prefix + id;
    }

    /** Null if the text is no such id. */
    public @Nullable UUID parse(String text) {
        if (!text.startsWith(prefix)) {
            return null;
        }
        return uuid(text.substring(prefix.length()));
    }

    /** Null if the text is no id in its one form. */
    public static @Nullable UUID uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
