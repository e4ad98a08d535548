package ai.mavster.credits.portal.live;

import ai.mavster.credits.ledger.written.LastWritten;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what a change of an account is noticed.
 *
 * @param underWay the runs that have not ended; only of an account on a test clock, whose time stands still: all others
 *     have it in the time of what was written last
 */
record Mark(LastWritten written, Set<String> underWay) {

    Mark {
        underWay = Set.copyOf(underWay);
    }

    /** Whether something may have changed since then; null: since an unknown time. */
    boolean isAfter(@Nullable Instant since) {
        return since == null || written.onTestClock() || written.asOf().isAfter(since);
    }
}
