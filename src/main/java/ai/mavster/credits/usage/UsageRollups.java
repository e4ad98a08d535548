package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.RoundTrip;
import ai.mavster.credits.pricing.Rates;
import jakarta.inject.Singleton;
import java.util.List;

/** The usage's part in each ledger transaction: adds what was debited to the rollups. */
@Singleton
class UsageRollups implements Participant {

    private final Rates rates;
    private final UsageMetrics metrics;

    UsageRollups(Rates rates, UsageMetrics metrics) {
        this.rates = rates;
        this.metrics = metrics;
    }

    @Override
    public Work begin(RoundTrip reads, Scope scope) {
        UsageWork work = new UsageWork(metrics);
        for (Command<?> command : scope.commands()) {
            if (mayBeOutlier(command)) {
                reads.query("SELECT revision FROM rate_card", List.of(), row -> work.card(rates.at(row.getLong(1))));
                break;
            }
        }
        return work;
    }

    /** What was priced by the card is within it. */
    private static boolean mayBeOutlier(Command<?> command) {
        return command instanceof Command.Debit debit
                && debit.credits() != null
                && debit.purpose().action() != null;
    }
}
