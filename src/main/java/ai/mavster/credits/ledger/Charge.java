package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.Purpose;
import java.util.List;

/**
 * Credits that are about to be taken: spent by a debit, or reserved by a hold.
 *
 * @param purpose what they are for, as its run has it
 * @param credits how many are asked for
 * @param holds which holds it may draw on, in this order; what it draws was counted as held, and is counted as spent instead
 */
public record Charge(Purpose purpose, Credits credits, List<Hold> holds) {

    public Charge {
        holds = List.copyOf(holds);
    }

    /** What its holds have left for it. */
    public Credits reserved() {
        return holds.stream().map(Hold::remaining).reduce(Credits.ZERO, Credits::plus);
    }
}
