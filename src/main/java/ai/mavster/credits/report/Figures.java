package ai.mavster.credits.report;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.PostingKind;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A group's credits, and the money that was paid for them, added up bit by bit. For one thread. */
final class Figures {

    private Credits granted = Credits.ZERO;
    private Credits bought = Credits.ZERO;
    private Credits used = Credits.ZERO;
    private Credits expired = Credits.ZERO;
    private Credits voided = Credits.ZERO;
    private Credits reversed = Credits.ZERO;
    private Credits closing = Credits.ZERO;
    private final SortedMap<String, PaidFigures> paid = new TreeMap<>();

    /**
     * Credits, and what was paid for them.
     *
     * @param value in the currency, to more digits than that has; null: nobody said
     */
    record Part(
            Credits credits,
            @Nullable String currency,
            @Nullable BigDecimal value) {}

    /** What is left of grants by now. */
    void left(Part part) {
        closing = closing.plus(part.credits);
        if (part.currency != null && part.value != null) {
            of(part.currency).left(part.value);
        }
    }

    /** What has moved after the end of the range, signed. */
    void late(Part part) {
        closing = closing.minus(part.credits);
        if (part.currency != null && part.value != null) {
            of(part.currency).left(part.value.negate());
        }
    }

    /** What has moved within the range, signed and all of one sign. */
    void moved(PostingKind kind, Part part) {
        Credits moved = part.credits;
        switch (kind) {
            case MONTHLY_GRANT, PROMOTIONAL -> granted = granted.plus(moved);
            case ADJUSTMENT -> {
                if (moved.isNegative()) {
                    voided = voided.minus(moved);
                } else {
                    granted = granted.plus(moved);
                }
            }
            case TOP_UP -> bought = bought.plus(moved);
            case DEBIT -> used = used.minus(moved);
            case EXPIRY -> expired = expired.minus(moved);
            case REVERSAL -> reversed = reversed.plus(moved);
        }
        if (part.currency != null && part.value != null) {
            of(part.currency).moved(kind, part.value);
        }
    }

    private PaidFigures of(String currency) {
        return paid.computeIfAbsent(currency, any -> new PaidFigures());
    }

    Credits opening() {
        return closing.minus(granted)
                .minus(bought)
                .plus(used)
                .plus(expired)
                .plus(voided)
                .minus(reversed);
    }

    Credits granted() {
        return granted;
    }

    Credits bought() {
        return bought;
    }

    Credits used() {
        return used;
    }

    Credits expired() {
        return expired;
    }

    Credits voided() {
        return voided;
    }

    Credits reversed() {
        return reversed;
    }

    Credits closing() {
        return closing;
    }

    /** The money by its currency. */
    Map<String, PaidFigures> paid() {
        return paid;
    }

    /** Whether there is nothing to tell. */
    boolean isNothing() {
        return granted.isZero()
                && bought.isZero()
                && used.isZero()
                && expired.isZero()
                && voided.isZero()
                && reversed.isZero()
                && closing.isZero();
    }
}
