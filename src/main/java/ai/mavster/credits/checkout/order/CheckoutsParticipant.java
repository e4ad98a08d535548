package ai.mavster.credits.checkout.order;

import ai.mavster.credits.checkout.order.CheckoutTable.CheckoutKey;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.payment.OfPayment;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;

/** The checkouts' part in each ledger transaction. Where none is about payments, or ends something, it reads nothing. */
@Singleton
class CheckoutsParticipant implements Participant {

    private final Clock clock;

    CheckoutsParticipant(Clock clock) {
        this.clock = clock;
    }

    /** After payments, which checkouts refer to. */
    @Override
    public int order() {
        return 710;
    }

    @Override
    public String accountsToSettle() {
        return CheckoutTable.ACCOUNTS_WITH_EXPIRED;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        CheckoutsInBatch state = new CheckoutsInBatch(clock.instant());
        Set<CheckoutKey> keys = new LinkedHashSet<>(0);
        Set<String> ending = new LinkedHashSet<>(0);
        for (Command<?> command : scope.commands()) {
            if (command instanceof OfPayment named) {
                keys.add(new CheckoutKey(named.accountId(), named.paymentId()));
            } else if (command instanceof Command.Close || command instanceof Command.Expire) {
                ending.add(command.accountId());
            }
        }
        for (Wanted wanted : scope.also()) {
            if (wanted instanceof CheckoutsInBatch.ToRead of) {
                keys.add(of.key());
            }
        }
        keys.forEach(state::lookedFor);
        CheckoutTable.read(reads, keys, state::load);
        CheckoutTable.readOpen(reads, ending, state::load);
        return state;
    }
}
