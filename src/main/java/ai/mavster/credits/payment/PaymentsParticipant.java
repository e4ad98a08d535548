package ai.mavster.credits.payment;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/** The payments' part in each ledger transaction. Where none is about payments it reads nothing. */
@Singleton
class PaymentsParticipant implements Participant {

    /** A payment that is needed and was not named. */
    record ToRead(String accountId, PaymentKey key) implements Wanted {}

    @Override
    public int order() {
        return 700;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        PaymentsInBatch state = new PaymentsInBatch();
        Set<PaymentKey> keys = new LinkedHashSet<>(0);
        for (Command<?> command : scope.commands()) {
            if (command instanceof OfPayment named) {
                keys.add(new PaymentKey(named.accountId(), named.paymentId()));
            }
        }
        for (Wanted wanted : scope.also()) {
            if (wanted instanceof ToRead of) {
                keys.add(of.key());
            }
        }
        keys.forEach(state::lookedFor);
        PaymentTable.read(reads, keys, state::load, state::load, state::load);
        return state;
    }
}
