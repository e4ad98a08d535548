package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of an account is counted from what was posted, where it was not counted as it went: as it was when the batch was
 * read, and what the batch has done since.
 */
final class Recount {

    private final Map<ToRead.Used, Credits> usedWhenRead = new HashMap<>(0);
    private final Map<BudgetKey, Credits> heldWhenRead = new HashMap<>(0);
    private final Map<ToRead.Used, BudgetWindow> earlier = new HashMap<>(0);
    private final List<Spent> spent = new ArrayList<>(0);
    private final List<Reserved> reserved = new ArrayList<>(0);

    /** Negative: given back, of a debit of that time. */
    private record Spent(Purpose purpose, Instant debitedAt, Credits credits) {}

    /** Negative: drawn, or let go. */
    private record Reserved(Purpose purpose, Credits credits) {}

    void loadUsed(ToRead.Used wanted, Credits used) {
        usedWhenRead.put(wanted, used);
    }

    void loadHeld(BudgetKey key, Credits held) {
        heldWhenRead.put(key, held);
    }

    /** What a window had counted, also one that is over. */
    void loadEarlier(BudgetWindow window) {
        earlier.put(new ToRead.Used(window.key(), window.window().start()), window);
    }

    void spent(Purpose purpose, Instant debitedAt, Credits credits) {
        spent.add(new Spent(purpose, debitedAt, credits));
    }

    void reserved(Purpose purpose, Credits credits) {
        reserved.add(new Reserved(purpose, credits));
    }

    /** What a key has used since an instant; null: it was not read, and is missing. */
    @Nullable
    Credits used(BudgetKey key, Instant since, List<ToRead> missing) {
        ToRead.Used wanted = new ToRead.Used(key, since);
        Credits used = usedWhenRead.get(wanted);
        if (used == null) {
            missing.add(wanted);
            return null;
        }
        for (Spent one : spent) {
            boolean counts = key.covers(one.purpose) && !one.debitedAt.isBefore(since);
            used = counts ? used.plus(one.credits) : used;
        }
        return used;
    }

    /** What open holds reserve for it, likewise. Of a whole account it is not counted here. */
    @Nullable
    Credits held(BudgetKey key, List<ToRead> missing) {
        Credits held = key.scope().isOfWholeAccount() ? Credits.ZERO : heldWhenRead.get(key);
        if (held == null) {
            missing.add(new ToRead.Held(key));
            return null;
        }
        for (Reserved one : reserved) {
            boolean counts = !key.scope().isOfWholeAccount() && key.covers(one.purpose);
            held = counts ? held.plus(one.credits) : held;
        }
        return held;
    }

    /** The same window as it was before others took its place; null: there was none. */
    @Nullable
    BudgetWindow earlier(BudgetKey key, Window now) {
        BudgetWindow same = earlier.get(new ToRead.Used(key, now.start()));
        return same != null && same.window().spans(now) ? same : null;
    }
}
