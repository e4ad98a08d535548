package ai.mavster.credits.budget;

import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.ledger.Participant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of an account is read only where it is needed. */
sealed interface ToRead extends Participant.Wanted {

    BudgetKey key();

    @Override
    default String accountId() {
        return key().accountId();
    }

    /** What a key has counted, of an account with so many that not all were read. */
    record Counted(BudgetKey key) implements ToRead {}

    /** What was used from the start of a window on that was not counted as it went. */
    record Used(BudgetKey key, Instant since) implements ToRead {}

    /** What open holds reserve for a workspace or a project that had no budget before. */
    record Held(BudgetKey key) implements ToRead {}

    /**
     * Budgets of an account, newest first.
     *
     * @param key the account's
     * @param createdAt after which place: that of the last one of the page before; scope and scopeId likewise
     */
    record Page(BudgetKey key, Instant createdAt, String scope, String scopeId, int most) implements ToRead {

        /** After every budget there can be. */
        private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

        /**
         * @param place null: the first page
         */
        static Page after(String accountId, Cursor.@Nullable Place place, int most) {
            BudgetKey key = BudgetKey.ofAccount(accountId);
            return place == null
                    ? new Page(key, EVER, "", "", most)
                    : new Page(
                            key, place.time(), place.ids().get(0), place.ids().get(1), most);
        }
    }
}
