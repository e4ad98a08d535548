package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Money;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.payment.PaymentGateway.Order;
import ai.mavster.credits.payment.Purchase;
import java.math.BigDecimal;
import java.time.Instant;

/** What accounts buy in tests: something for 49 euros. */
final class Orders {

    private Orders() {}

    static Order checkout(Customer customer) {
        return of(customer, Purchase.Kind.CHECKOUT);
    }

    static Order recharge(Customer customer) {
        return of(customer, Purchase.Kind.RECHARGE);
    }

    private static Order of(Customer customer, Purchase.Kind kind) {
        Purchase purchase = new Purchase(customer.id, kind, UuidV7.next(Instant.now()));
        return new Order(purchase, euros("49"), "6000 credits", "owner@example.com");
    }

    static Money euros(String value) {
        return new Money(new BigDecimal(value), "EUR");
    }
}
