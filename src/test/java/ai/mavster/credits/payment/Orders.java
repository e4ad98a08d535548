package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Orders as a feature makes them, for tests of what becomes of them. */
public final class Orders {

    public static final Credits CREDITS = Credits.of(5000);
    public static final Money PRICE = new Money(new BigDecimal("49.00"), "EUR");

    private Orders() {}

    private record Place(Purchase purchase, Credits credits, Instant at)
            implements Command.OfFeature<PaymentsInBatch, UUID> {

        @Override
        public String accountId() {
            return purchase.accountId();
        }

        @Override
        public Class<PaymentsInBatch> decidedWith() {
            return PaymentsInBatch.class;
        }

        @Override
        public Class<UUID> answerType() {
            return UUID.class;
        }

        @Override
        public Change<UUID> decide(PaymentsInBatch payments, AccountView account) {
            return Change.accepted(() -> payments.order(purchase, credits, PRICE, PaymentGateway.Provider.SANDBOX, at)
                    .paymentId());
        }
    }

    /** Orders 5000 credits for 49 EUR. */
    public static PaymentGateway.Order place(Ledger ledger, String accountId, Purchase.Kind kind) {
        return place(ledger, accountId, kind, CREDITS);
    }

    /** Orders so many credits for 49 EUR. */
    static PaymentGateway.Order place(Ledger ledger, String accountId, Purchase.Kind kind, Credits credits) {
        Purchase purchase = new Purchase(accountId, kind, UuidV7.next(Instant.now()));
        Outcome.await(ledger.submit(new Place(purchase, credits, Instant.now())));
        return new PaymentGateway.Order(purchase, PRICE, "5,000 credits", null);
    }

    public static Payment read(Payments payments, Purchase purchase) {
        return Outcome.await(payments.find(purchase.accountId(), purchase.id())).orElseThrow();
    }
}
