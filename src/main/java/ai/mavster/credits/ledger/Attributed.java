package ai.mavster.credits.ledger;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.posting.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a debit is of, and the open ones of the holds that it may draw on.
 *
 * @param refusal why it is no debit of that run; null: it is
 * @param invalid what it says that cannot be so of that run; null: nothing
 */
record Attributed(
        Purpose purpose,
        List<Hold> holds,
        @Nullable Refusal refusal,
        @Nullable InvalidInput invalid) {}
