package ai.mavster.credits.report;

import ai.mavster.credits.Decimals;
import ai.mavster.credits.ledger.posting.PostingKind;
import java.math.BigDecimal;
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

    private BigDecimal granted = BigDecimal.ZERO;
    private BigDecimal bought = BigDecimal.ZERO;
    private BigDecimal used = BigDecimal.ZERO;
    private BigDecimal expired = BigDecimal.ZERO;
    private BigDecimal voided = BigDecimal.ZERO;
    private BigDecimal reversed = BigDecimal.ZERO;
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
        BigDecimal moved = part.credits;
        switch (kind) {
            case MONTHLY_GRANT, PROMOTIONAL -> granted = granted.add(moved);
            case ADJUSTMENT -> {
                if (moved.signum() < 0) {
                    voided = voided.subtract(moved);
                } else {
                    granted = granted.add(moved);
                }
            }
            case TOP_UP -> bought = bought.add(moved);
            case VOID -> voided = voided.subtract(moved);
            case DEBIT -> used = used.subtract(moved);
            case EXPIRY -> expired = expired.subtract(moved);
            case REVERSAL -> reversed = reversed.add(moved);
        }
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
        return plain(closing.subtract(granted)
                .subtract(bought)
                .add(used)
                .add(expired)
                .add(voided)
                .subtract(reversed));
    }

    BigDecimal granted() {
        return plain(granted);
    }

    BigDecimal bought() {
        return plain(bought);
    }

    BigDecimal used() {
        return plain(used);
    }

    BigDecimal expired() {
        return plain(expired);
    }

    BigDecimal voided() {
        return plain(voided);
    }

    BigDecimal reversed() {
        return plain(reversed);
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
        return granted.signum() == 0
                && bought.signum() == 0
                && used.signum() == 0
                && expired.signum() == 0
                && voided.signum() == 0
                && reversed.signum() == 0
                && closing.signum() == 0;
    }
}
