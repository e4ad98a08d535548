package ai.mavster.credits.alert;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/** The alerts' part in each ledger transaction: raises them, after the budgets have counted. */
@Singleton
class AlertsParticipant implements Participant {

    private final AlertMetrics metrics;

    AlertsParticipant(AlertMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public int order() {
        return 500;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        AlertsInBatch state = new AlertsInBatch(metrics);
        Set<String> accountIds = new HashSet<>(0);
        Set<String> runningOut = new HashSet<>(0);
        for (Command<?> command : scope.commands()) {
            if (command instanceof Command.Debit || command instanceof AlertCommand<?>) {
                accountIds.add(command.accountId());
            }
            if (command instanceof RaiseRunningOut) {
                runningOut.add(command.accountId());
            }
        }
        AlertTable.readSettings(reads, accountIds, state::load);
        AlertTable.readRunningOut(reads, runningOut, state::runningOutRaised);
        return state;
    }
}
