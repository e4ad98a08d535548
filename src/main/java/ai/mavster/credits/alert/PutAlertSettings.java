package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.PlanThresholds;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes an account's alert settings. Repeating it is harmless.
 *
 * @param debitAbove null: as it was; empty: of no single debit
 * @param thresholds of the plan's allotment; null: as they were; empty: what is configured
 * @param runningOut null: as it was
 */
public record PutAlertSettings(
        String accountId,
        @Nullable Optional<Credits> debitAbove,
        @Nullable Optional<List<BigDecimal>> thresholds,
        @Nullable Boolean runningOut)
        implements AlertCommand<PutAlertSettings.Done> {

    /** As they are then. */
    record Done(AlertSettings settings, List<BigDecimal> thresholds) {}

    @Override
    public Class<Done> answerType() {
        return Done.class;
    }

    @Override
    public Change<Done> decide(AlertsInBatch state, AccountView account) {
        AlertSettings before = state.settings(accountId);
        AlertSettings after = new AlertSettings(
                accountId,
                debitAbove == null ? before.debitAbove() : debitAbove.orElse(null),
                runningOut == null ? before.runningOut() : runningOut);
        List<BigDecimal> thresholdsBefore = PlanThresholds.of(account);
        if (after.equals(before) && thresholds == null) {
            return Change.unchanged(new Done(before, thresholdsBefore));
        }
        return Change.accepted(() -> {
            if (!after.equals(before)) {
                state.save(after);
            }
            return new Done(
                    after,
                    thresholds == null ? thresholdsBefore : PlanThresholds.set(account, thresholds.orElse(null)));
        });
    }
}
