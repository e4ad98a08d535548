package ai.mavster.credits.report;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Grants that are added up. What was not asked for is null.
 *
 * @param plan null also where there was none
 * @param currency of what was paid; null also where nobody said
 */
record Group(
        @Nullable String accountId,
        @Nullable String kind,
        @Nullable String plan,
        @Nullable String currency) implements Comparable<Group> {

    private static final Comparator<@Nullable String> TEXT = Comparator.nullsLast(Comparator.naturalOrder());

    private static final Comparator<Group> ORDER = Comparator.comparing(Group::accountId, TEXT)
            .thenComparing(Group::kind, TEXT)
            .thenComparing(Group::plan, TEXT)
            .thenComparing(Group::currency, TEXT);

    @Override
    public int compareTo(Group other) {
        return ORDER.compare(this, other);
    }
}
