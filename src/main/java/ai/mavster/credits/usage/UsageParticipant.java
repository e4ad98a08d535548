package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.pricing.Rates;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;

/** The usage's part in each ledger transaction: adds what was debited to the rollups. */
@Singleton
class UsageParticipant implements Participant {

    private final Rates rates;
    private final UsageMetrics metrics;
    private final RefusedDebits refusals;

    UsageParticipant(Rates rates, UsageMetrics metrics, RefusedDebits refusals) {
        this.rates = rates;
        this.metrics = metrics;
        this.refusals = refusals;
    }

    @Override
    public int order() {
        return 300;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        UsageInBatch state = new UsageInBatch(metrics, refusals);
        for (Command<?> command : scope.commands()) {
            if (mayBeOutlier(command)) {
                reads.query("SELECT revision FROM rate_card", row -> state.card(rates.at(row.bigint())));
                break;
            }
        }
        return state;
    }

    /** What was priced by the card is within it. */
    private static boolean mayBeOutlier(Command<?> command) {
        return command instanceof Command.Debit debit
                && debit.credits() != null
                && debit.purpose().action() != null;
    }
}
