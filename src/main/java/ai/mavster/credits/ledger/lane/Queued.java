package ai.mavster.credits.ledger.lane;

import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** What somebody waits for: a command's outcome, or the answer to a question. */
interface Queued {

    String accountId();

    /** When it was asked, in {@link System#nanoTime} terms. */
    long submitted();

    /** By which request, where that is traced. */
    @Nullable
    Context request();
}
