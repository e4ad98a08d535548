package ai.mavster.credits.run;

import ai.mavster.credits.Metadata;
import ai.mavster.credits.run.RunTable.Noted;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.sql.RoundTrip;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers have noted beside the runs of a batch. */
final class RunNotes {

    private final Map<RunKey, Metadata> metadata = new HashMap<>(0);
    private final Set<RunKey> changed = new LinkedHashSet<>(0);

    void load(RunKey run, Metadata found) {
        metadata.put(run, found);
    }

    /** What is noted beside a run that starts, or may not; whatever stood beside one of that name before. */
    void note(RunKey run, @Nullable Metadata given) {
        if (given != null) {
            metadata.put(run, given);
            changed.add(run);
        } else if (metadata.remove(run) != null) {
            changed.add(run);
        }
    }

    /** Null: nothing. */
    @Nullable
    Metadata of(RunKey run) {
        return metadata.get(run);
    }

    void write(RoundTrip writes) {
        for (RunKey run : changed) {
            RunTable.writeNoted(writes, new Noted(run, metadata.get(run)));
        }
    }
}
