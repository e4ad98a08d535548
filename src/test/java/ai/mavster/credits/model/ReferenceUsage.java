package ai.mavster.credits.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a {@link ReferenceAccount} has spent by project and test, added up from what was posted. */
final class ReferenceUsage {

    private final Map<String, long[]> sums = new TreeMap<>();

    private long[] of(@Nullable String projectId, @Nullable String testId) {
        String key = (projectId == null ? "" : projectId) + " " + (testId == null ? "" : testId);
        return sums.computeIfAbsent(key, none -> new long[3]);
    }

    void debited(@Nullable String projectId, @Nullable String testId, long credits) {
        long[] sum = of(projectId, testId);
        sum[0] += credits;
        sum[1]++;
    }

    void reversed(@Nullable String projectId, @Nullable String testId, long credits) {
        long[] sum = of(projectId, testId);
        sum[0] -= credits;
        sum[2] += credits;
    }

    List<String> rows() {
        List<String> rows = new ArrayList<>();
        sums.forEach((key, sum) -> rows.add(row(key, sum[0], sum[1], sum[2])));
        return rows;
    }

    static String row(String projectAndTest, long credits, long debits, long reversed) {
        return "%s: %d by %d debits, %d given back".formatted(projectAndTest, credits, debits, reversed);
    }
}
