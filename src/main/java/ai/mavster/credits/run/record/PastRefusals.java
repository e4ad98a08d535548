package ai.mavster.credits.run.record;

import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The 402s that a run got while it was running.
 *
 * @param count how many there were
 * @param latest the last {@link #KEPT} of them, newest first
 */
public record PastRefusals(long count, List<PastRefusal> latest) {

    /** How many are kept: a runner that goes on asking must not make the run's row grow. */
    public static final int KEPT = 10;

    public static final PastRefusals NONE = new PastRefusals(0, List.of());

    public PastRefusals {
        latest = List.copyOf(latest);
    }

    PastRefusals with(Refusal refusal, Instant at) {
        List<PastRefusal> more = new ArrayList<>(KEPT);
        more.add(PastRefusal.of(refusal, at));
        more.addAll(latest.subList(0, Math.min(latest.size(), KEPT - 1)));
        return new PastRefusals(count + 1, more);
    }

    /** As a run's row keeps the latest: a line each. Null: there were none, as with most runs. */
    public @Nullable String toText() {
        return latest.isEmpty()
                ? null
                : latest.stream().map(PastRefusal::toText).collect(Collectors.joining("\n"));
    }

    /**
     * @param text as {@link #toText} made it
     */
    public static PastRefusals of(long count, @Nullable String text) {
        return text == null
                ? NONE
                : new PastRefusals(count, text.lines().map(PastRefusal::parse).toList());
    }
}
