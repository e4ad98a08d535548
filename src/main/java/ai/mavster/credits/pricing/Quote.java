package ai.mavster.credits.pricing;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a list of actions will cost by the rate card: the sums of what each item would be debited, rounded by itself.
 *
 * @param min if every ranged action costs the least
 * @param expected if every ranged action costs the middle of its range
 * @param max if every ranged action costs the most; at most {@link Credits#MAX_AMOUNT}
 * @param lines the items with their figures, in their order
 */
public record Quote(Credits min, Credits expected, Credits max, List<Line> lines) {

    public Quote {
        lines = List.copyOf(lines);
    }

    /**
     * So many of an action.
     *
     * @param quantity how many of the rate's units; more than 0
     */
    public record Item(String action, BigDecimal quantity) {}

    /** An item with its rate and what it costs. */
    public record Line(Item item, Rate rate, Rate.Cost cost) {}

    /** An estimate, or the item that has none. */
    public sealed interface Result {

        <T> T fold(Function<Quote, T> made, Function<Unpriced, T> unpriced);
    }

    /** An estimate. */
    public record Made(Quote estimate) implements Result {
        @Override
        public <T> T fold(Function<Quote, T> made, Function<Unpriced, T> unpriced) {
            return made.apply(estimate);
        }
    }

    /**
     * The first item that could not be priced.
     *
     * @param index its place in the list, from 0
     * @param field the one of its fields that is wrong: {@code action} or {@code quantity}
     * @param message what is wrong with it, to be read after the field's name
     */
    public record Unpriced(int index, String field, String message) implements Result {
        @Override
        public <T> T fold(Function<Quote, T> made, Function<Unpriced, T> unpriced) {
            return unpriced.apply(this);
        }
    }

    /** By the rates in force at an instant. No items cost nothing. */
    public static Result of(RateCard card, List<Item> items, Instant at) {
        List<Line> lines = new ArrayList<>();
        Credits min = Credits.ZERO;
        Credits expected = Credits.ZERO;
        Credits max = Credits.ZERO;
        for (Item item : items) {
            Optional<Rate> found = card.rate(item.action, at);
            if (found.isEmpty()) {
                return new Unpriced(lines.size(), "action", "is not priced by the rate card at " + at);
            }
            Rate rate = found.get();
            Optional<Rate.Cost> cost = rate.cost(item.quantity);
            if (cost.isEmpty()) {
                return new Unpriced(lines.size(), "quantity", rate.limitExceeded(item.quantity));
            }
            min = min.plus(cost.get().min());
            expected = expected.plus(cost.get().expected());
            max = max.plus(cost.get().max());
            if (Credits.MAX_AMOUNT.isLessThan(max)) {
                return new Unpriced(
                        lines.size(), "quantity", "brings the sum to more than " + Credits.MAX_AMOUNT.inWords());
            }
            lines.add(new Line(item, rate, cost.get()));
        }
        return new Made(new Quote(min, expected, max, lines));
    }
}
