package ai.mavster.credits.report;

import ai.mavster.credits.Decimals;
import ai.mavster.credits.ledger.posting.PostingKind;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group's credits, and the money that was paid for them, added up bit by bit. All accounts together may have more than
 * one can. For one thread.
 */
final class Figures {

    private final Map<Flow, BigDecimal> moved = new EnumMap<>(Flow.class);
    private BigDecimal closing = BigDecimal.ZERO;
    private final SortedMap<String, PaidFigures> paid = new TreeMap<>();

    /**
     * Credits, and what was paid for them.
     *
     * @param value in the currency, to more digits than that has; null: nobody said
     */
    record Part(
            BigDecimal credits,
            @Nullable String currency,
            @Nullable BigDecimal value) {}

    /** What is left of grants by now. */
    void left(Part part) {
        closing = closing.add(part.credits);
        if (part.currency != null && part.value != null) {
            of(part.currency).left(part.value);
        }
    }

    /** What has moved after the end of the range, signed. */
    void late(Part part) {
        closing = closing.subtract(part.credits);
        if (part.currency != null && part.value != null) {
            of(part.currency).left(part.value.negate());
        }
    }

    /** What has moved within the range, signed and all of one sign. */
    void moved(PostingKind kind, Part part) {
        moved.merge(Flow.of(kind, part.credits), part.credits, BigDecimal::add);
        if (part.currency != null && part.value != null) {
            of(part.currency).moved(kind, part.value);
        }
    }

    private PaidFigures of(String currency) {
        return paid.computeIfAbsent(currency, any -> new PaidFigures());
    }

    private static BigDecimal plain(BigDecimal value) {
        return Objects.requireNonNull(Decimals.plain(value));
    }

    BigDecimal opening() {
        return plain(closing.subtract(moved.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
    }

    /** How much of one kind, without a sign. */
    BigDecimal of(Flow flow) {
        return plain(flow.inDirection(moved.getOrDefault(flow, BigDecimal.ZERO)));
    }

    BigDecimal closing() {
        return plain(closing);
    }

    /** The money by its currency. */
    Map<String, PaidFigures> paid() {
        return paid;
    }

    /** Whether there is nothing to tell. */
    boolean isNothing() {
        return closing.signum() == 0 && moved.values().stream().allMatch(sum -> sum.signum() == 0);
    }
}
