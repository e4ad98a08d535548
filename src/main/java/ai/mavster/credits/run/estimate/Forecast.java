package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.pricing.Quote;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a run is expected to cost.
 *
 * @param min the least by the card, or that it ever was
 * @param expected the middle of the card's range, or the median of what it was
 * @param max the most by the card, or what nine of ten did not exceed
 * @param basis {@link Basis#HISTORY} only if that is so of every item that costs anything; null: its caller said so
 * @param samples how many runs it goes by, or the item with the fewest; 0 by the card
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
    @Schema(name = "EstimateBasis")
    public enum Basis {
        RATE_CARD,
        HISTORY
    }

    /** The part of it that is one item. */
    record Line(
            String action, BigDecimal quantity, Credits min, Credits expected, Credits max, Basis basis, int samples) {

        private static Line of(Quote.Line byCard, List<UnitCost> history) {
            Quote.Item item = byCard.item();
            if (history.size() < PastRuns.LEAST) {
                return new Line(
                        item.action(),
                        item.quantity(),
                        byCard.cost().min(),
                        byCard.cost().expected(),
                        byCard.cost().max(),
                        Basis.RATE_CARD,
                        0);
            }
            Forecast past = Forecast.of(
                    history.stream().map(cost -> cost.of(item.quantity())).toList());
            return new Line(
                    item.action(), item.quantity(), past.min, past.expected, past.max, Basis.HISTORY, past.samples);
        }
    }

    public Forecast {
        lines = List.copyOf(lines);
    }

    static Forecast given(Credits credits) {
        return new Forecast(credits, credits, credits, null, 0, List.of());
    }

    /** By what earlier ones have cost, of which there is at least one. */
    static Forecast of(List<Credits> costs) {
        return new Forecast(
                Collections.min(costs),
                NearestRank.of(costs, Credits::compareTo, 50),
                NearestRank.of(costs, Credits::compareTo, 90),
                Basis.HISTORY,
                costs.size(),
                List.of());
    }

    /**
     * By the card, and by history for each action that has one.
     *
     * @param history by action
     */
    static Forecast of(Quote byCard, Map<String, List<UnitCost>> history) {
        List<Line> lines = byCard.lines().stream()
                .map(line -> Line.of(line, history.getOrDefault(line.item().action(), List.of())))
                .toList();
        List<Line> priced = lines.stream().filter(line -> line.max.isPositive()).toList();
        boolean known = !priced.isEmpty() && priced.stream().allMatch(line -> line.basis == Basis.HISTORY);
        return new Forecast(
                sum(lines, Line::min),
                sum(lines, Line::expected),
                sum(lines, Line::max),
                known ? Basis.HISTORY : Basis.RATE_CARD,
                known ? priced.stream().mapToInt(Line::samples).min().orElse(0) : 0,
                lines);
    }

    private static Credits sum(List<Line> lines, Function<Line, Credits> figure) {
        return lines.stream().map(figure).reduce(Credits.ZERO, Credits::plus);
    }

    /** What is expected of each action, all its items together. */
    public Map<String, Credits> byAction() {
        Map<String, Credits> sums = new LinkedHashMap<>();
        lines.forEach(line -> sums.merge(line.action, line.expected, Credits::plus));
        return sums;
    }
}
