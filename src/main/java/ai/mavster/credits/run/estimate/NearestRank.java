package ai.mavster.credits.run.estimate;

import java.util.Comparator;
import java.util.List;

/** Percentiles by nearest rank. */
final class NearestRank {

    private NearestRank() {}

    /**
     * The smallest value that at least so many percent of the values do not exceed.
     *
     * @param values at least one, in any order
     * @param percent 1 to 100
     */
    static <T> T of(List<T> values, Comparator<? super T> order, int percent) {
        List<T> sorted = values.stream().sorted(order).toList();
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
