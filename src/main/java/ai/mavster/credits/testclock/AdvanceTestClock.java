package ai.mavster.credits.testclock;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.subscription.SubscriptionsInBatch;
import java.time.Instant;

/**
 * Sets an account's test clock forward, through whatever expires on the way at its instant. It stops where a renewal is
 * due, so as not to pass it; asked again when that is done, it goes on. Answers where the clock stands then.
 *
 * @param to where to, no earlier than it stands
 */
record AdvanceTestClock(String accountId, Instant to) implements Command.OfFeature<SubscriptionsInBatch, Instant> {

    @Override
    public Class<SubscriptionsInBatch> decidedWith() {
        return SubscriptionsInBatch.class;
    }

    @Override
    public Class<Instant> answerType() {
        return Instant.class;
    }

    @Override
    public Instant advancesTo() {
        return to;
    }

    @Override
    public Change<Instant> decide(SubscriptionsInBatch state, AccountView account) {
        Instant due = state.dueAt(accountId, to);
        boolean passes = due == null || to.isBefore(account.asOf());
        return Change.advancing(due == null || passes ? to : later(due, account.asOf()), at -> at);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
