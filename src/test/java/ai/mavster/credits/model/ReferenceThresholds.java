package ai.mavster.credits.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which thresholds were told of: of each limit those that were reached, and how often, by keeping what was told. */
final class ReferenceThresholds {

    private static final List<Integer> PERCENTS = List.of(50, 75, 90);

    private final TreeMap<String, Map<Instant, Told>> before = new TreeMap<>();
    private final List<String> told = new ArrayList<>();

    /** Of one limit, in one window. */
    private static final class Told {
        final ReferenceBudgets.Window window;

        @Nullable
        Long limit;

        Set<Integer> percents = new TreeSet<>();

        Told(ReferenceBudgets.Window window) {
            this.window = window;
        }
    }

    /** Sorted: that several are told of by one command leaves their order open. */
    List<String> all() {
        return told.stream().sorted().toList();
    }

    /** Something was debited that it counts, or it was set. */
    void counted(String key, ReferenceBudgets.Window window, @Nullable Long limit, long used) {
        Told of = of(key, window);
        boolean same = limit == null ? of.limit == null : limit.equals(of.limit);
        Set<Integer> reached = reached(limit, used);
        tell(key, of, window, reached, limit, used);
        if (!same) {
            of.percents = reached;
        } else {
            of.percents.addAll(reached);
        }
        of.limit = limit;
    }

    void deleted(String key) {
        before.remove(key);
    }

    private Told of(String key, ReferenceBudgets.Window window) {
        // Of two that start at the same instant only the last one is known.
        return before.computeIfAbsent(key, none -> new HashMap<>())
                .compute(
                        window.start(),
                        (start, told) -> told == null || !told.window.equals(window) ? new Told(window) : told);
    }

    private void tell(
            String key,
            Told of,
            ReferenceBudgets.Window window,
            Set<Integer> reached,
            @Nullable Long limit,
            long used) {
        for (int percent : reached) {
            if (!of.percents.contains(percent)) {
                told.add(text(key, percent, used, limit == null ? 0 : limit, window.start()));
            }
        }
    }

    private static Set<Integer> reached(@Nullable Long limit, long used) {
        Set<Integer> reached = new TreeSet<>();
        for (int percent : PERCENTS) {
            if (limit != null && limit > 0 && isReached(limit, used, percent)) {
                reached.add(percent);
            }
        }
        return reached;
    }

    /** Of amounts as large as they may be. */
    private static boolean isReached(long limit, long used, int percent) {
        BigInteger hundredfold = BigInteger.valueOf(used).multiply(BigInteger.valueOf(100));
        return hundredfold.compareTo(BigInteger.valueOf(limit).multiply(BigInteger.valueOf(percent))) >= 0;
    }

    static String text(String key, int percent, long used, long limit, Instant start) {
        return "%s %d: %d of %d since %s".formatted(key, percent, used, limit, start);
    }
}
