package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a batch has spent and reserved of an account since it was read. */
final class Meanwhile {

    private final List<Spent> spent = new ArrayList<>(0);
    private final List<Reserved> reserved = new ArrayList<>(0);

    /** Negative: given back, of a debit of that time. */
    private record Spent(Purpose purpose, Instant debitedAt, Credits credits) {}

    /** Negative: drawn, or let go. */
    private record Reserved(Purpose purpose, Credits credits) {}

    void spent(Purpose purpose, Instant debitedAt, Credits credits) {
        spent.add(new Spent(purpose, debitedAt, credits));
    }

    void reserved(Purpose purpose, Credits credits) {
        reserved.add(new Reserved(purpose, credits));
    }

    /**
     * What a key has used since an instant.
     *
     * @param whenRead what it had when the batch was read
     */
    Credits used(BudgetKey key, Instant since, Credits whenRead) {
        Credits used = whenRead;
        for (Spent one : spent) {
            boolean counts = key.covers(one.purpose) && !one.debitedAt.isBefore(since);
            used = counts ? used.plus(one.credits) : used;
        }
        return used;
    }

    /** What open holds reserve for it. */
    Credits held(BudgetKey key, Credits whenRead) {
        Credits held = whenRead;
        for (Reserved one : reserved) {
            held = key.covers(one.purpose) ? held.plus(one.credits) : held;
        }
        return held;
    }
}
