package ai.mavster.credits.bench;

import java.util.Locale;

/** Who is measured. */
enum Subject {
    /** The service. */
    OURS,
    /** What one would write instead: a transaction for each. */
    PER_DEBIT,
    /** What one would write instead, all of it in one statement. */
    SINGLE_STATEMENT,
    /** What nothing could beat: HTTP and JSON alone, or the database alone. */
    LIMIT;

    /** As in tables: {@code per debit}. */
    String inWords() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
