package ai.mavster.credits.ledger;

import java.util.Locale;

/** What a posting did. */
public enum PostingKind {
    MONTHLY_GRANT,
    TOP_UP,
    PROMOTIONAL,
    ADJUSTMENT,
    DEBIT,
    REVERSAL,
    EXPIRY;

    /** As in the database and in JSON: {@code monthly_grant}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static PostingKind of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
