package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes what an account wants to be told. Repeating it is harmless.
 *
 * @param debitAbove null: as it was; empty: of no single debit
 * @param runningOut null: as it was
 */
record PutAlertSettings(
        String accountId,
        @Nullable Optional<Credits> debitAbove,
        @Nullable Boolean runningOut) implements AlertCommand<AlertSettings> {

    @Override
    public Class<AlertSettings> answerType() {
        return AlertSettings.class;
    }

    @Override
    public Change<AlertSettings> decide(AlertsInBatch state, AccountView account) {
        AlertSettings before = state.settings(accountId);
        AlertSettings after = new AlertSettings(
                accountId,
                debitAbove == null ? before.debitAbove() : debitAbove.orElse(null),
                runningOut == null ? before.runningOut() : runningOut);
        if (after.equals(before)) {
            return Change.unchanged(before);
        }
        return Change.accepted(() -> {
            state.save(after);
            return after;
        });
    }
}
