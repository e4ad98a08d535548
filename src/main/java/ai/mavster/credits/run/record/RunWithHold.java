package ai.mavster.credits.run.record;

import ai.mavster.credits.ledger.Hold;
import org.jspecify.annotations.Nullable;

/**
 * A run and what is reserved for it, as of one instant.
 *
 * @param hold null: nothing was
 */
public record RunWithHold(Run run, @Nullable Hold hold) {}
