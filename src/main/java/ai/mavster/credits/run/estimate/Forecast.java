package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is expected to cost.
 *
 * @param min the least by the card, or that it ever was
 * @param expected the middle of the card's range, or the median of what it was
 * @param max the most by the card, or what nine of ten did not exceed
 * @param basis null: its caller said so
 * @param samples how many runs, or how many that have the item with the fewest, it goes by; 0 by the card
 * @param lines the items it is the sum of
 */
public record Forecast(
        Credits min,
        Credits expected,
        Credits max,
        @Nullable Basis basis,
        int samples,
        List<Line> lines) {

    /** What an estimate goes by. */
    public enum Basis {
        RATE_CARD,
        HISTORY
    }

    /** The part of it that is one item. */
    record Line(
            String action, BigDecimal quantity, Credits min, Credits expected, Credits max, Basis basis, int samples) {}

    public Forecast {
        lines = List.copyOf(lines);
    }

    static Forecast told(Credits credits) {
        return new Forecast(credits, credits, credits, null, 0, List.of());
    }

    /** By what runs have cost. */
    static Forecast of(List<Credits> costs) {
        return new Forecast(
                Collections.min(costs),
                NearestRank.of(costs, Credits::compareTo, 50),
                NearestRank.of(costs, Credits::compareTo, 90),
                Basis.HISTORY,
                costs.size(),
                List.of());
    }

    /** What is expected of each action, all its items together. */
    public Map<String, Credits> byAction() {
        Map<String, Credits> sums = new LinkedHashMap<>();
        lines.forEach(line -> sums.merge(line.action, line.expected, Credits::plus));
        return sums;
    }
}
