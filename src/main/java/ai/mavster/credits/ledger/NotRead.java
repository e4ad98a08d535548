package ai.mavster.credits.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A decision, or a question, needs something of a participant's that was not read: only what was read says that it is
 * needed. It is asked again, with that read too ({@link Participant.Scope#also}).
 */
public final class NotRead extends RuntimeException {

    private final List<Participant.Wanted> wanted;

    public NotRead(Collection<? extends Participant.Wanted> wanted) {
        super("More is needed than was read", null, false, false);
        this.wanted = List.copyOf(wanted);
    }

    /** What is to be read. */
    public List<Participant.Wanted> wanted() {
        return wanted;
    }

    /**
     * Has more read the next time.
     *
     * @throws IllegalStateException if all of it was read this time: it would be wanted for ever
     */
    public static void add(Collection<Participant.Wanted> more, Set<Participant.Wanted> also) {
        if (!also.addAll(more)) {
            throw new IllegalStateException("Was read, and is wanted again: " + more);
        }
    }
}
