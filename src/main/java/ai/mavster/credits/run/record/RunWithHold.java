package ai.mavster.credits.run.record;

import ai.mavster.credits.Metadata;
import ai.mavster.credits.ledger.hold.Hold;
import org.jspecify.annotations.Nullable;

/**
 * A run and what is reserved for it, as of one instant.
 *
 * @param hold null: nothing was
 * @param metadata what its caller noted beside it; null: nothing
 */
public record RunWithHold(
        Run run, @Nullable Hold hold, @Nullable Metadata metadata) {

    /** Without metadata, or before they are known. */
    public RunWithHold(Run run, @Nullable Hold hold) {
        this(run, hold, null);
    }

    public RunWithHold with(@Nullable Metadata noted) {
        return new RunWithHold(run, hold, noted);
    }
}
