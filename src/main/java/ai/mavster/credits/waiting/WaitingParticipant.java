package ai.mavster.credits.waiting;

import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;

/**
 * Notices in each ledger transaction which accounts may spend more by it, and announces it of those that were refused before.
 */
@Singleton
class WaitingParticipant implements Participant {

    private final WakeUps wakeUps;

    WaitingParticipant(WakeUps wakeUps) {
        this.wakeUps = wakeUps;
    }

    /** After the budgets: it looks by what they have counted. */
    @Override
    public int order() {
        return 600;
    }

    @Override
    public String accountsToSettle() {
        return WaitingTable.ACCOUNTS_TO_LOOK_AT;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        WaitingInBatch state = new WaitingInBatch(wakeUps);
        // Where nothing is to be decided nothing is announced.
        if (!scope.commands().isEmpty()) {
            WaitingTable.read(reads, scope.accountIds(), state::load);
        }
        return state;
    }
}
