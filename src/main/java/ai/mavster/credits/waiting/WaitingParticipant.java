package ai.mavster.credits.waiting;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/** Notices in each ledger transaction which accounts may spend more by it. */
@Singleton
class WaitingParticipant implements Participant {

    private final WakeUps wakeUps;

    WaitingParticipant(WakeUps wakeUps) {
        this.wakeUps = wakeUps;
    }

    @Override
    public int order() {
        return 600;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        return new Freed();
    }

    private final class Freed implements InBatch {

        private final Set<String> accountIds = new LinkedHashSet<>(0);

        @Override
        public void hear(Fact fact, AccountView account) {
            if (fact.mayFreeCredits() || fact instanceof Fact.Closed) {
                accountIds.add(account.accountId());
            }
        }

        @Override
        public void committed() {
            if (!accountIds.isEmpty()) {
                wakeUps.committed(accountIds);
            }
        }
    }
}
