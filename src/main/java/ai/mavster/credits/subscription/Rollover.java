package ai.mavster.credits.subscription;

import java.util.Locale;

/** What becomes of monthly credits that are left at a period's end. */
enum Rollover {
    /** They stay, and the next grant fills up to the cap. */
    CAPPED,
    /** They expire with the period. */
    NONE,
    /** They stay, and the next grant is always whole. */
    UNLIMITED;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Rollover of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
