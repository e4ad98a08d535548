package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import java.time.Instant;

/** Orders something as a checkout or a recharge does, for tests of what becomes of it at a provider. */
public record OrderInTest(PaymentGateway.Order order, Credits credits, PaymentGateway.Provider provider, Instant at)
        implements Command.OfFeature<PaymentsInBatch, String> {

    @Override
    public String accountId() {
        return order.purchase().accountId();
    }

    @Override
    public Class<PaymentsInBatch> decidedWith() {
        return PaymentsInBatch.class;
    }

    @Override
    public Class<String> answerType() {
        return String.class;
    }

    @Override
    public Change<String> decide(PaymentsInBatch state, AccountView account) {
        return Change.accepted(() -> {
            state.order(order.purchase(), credits, order.price(), provider, at);
            return order.purchase().id().toString();
        });
    }
}
