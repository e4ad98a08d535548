package ai.mavster.credits.report;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.PostingKind;

/** A group's credits, added up bit by bit. For one thread. */
final class Figures {

    private Credits granted = Credits.ZERO;
    private Credits bought = Credits.ZERO;
    private Credits used = Credits.ZERO;
    private Credits expired = Credits.ZERO;
    private Credits voided = Credits.ZERO;
    private Credits reversed = Credits.ZERO;
    private Credits closing = Credits.ZERO;

    /** What is left of a grant by now. */
    void left(Credits remaining) {
        closing = closing.plus(remaining);
    }

    /** What has moved after the end of the range, signed. */
    void late(Credits moved) {
        closing = closing.minus(moved);
    }

    /** What has moved within the range, signed and all of one sign. */
    void moved(PostingKind kind, Credits moved) {
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
