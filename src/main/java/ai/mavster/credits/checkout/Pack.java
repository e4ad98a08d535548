package ai.mavster.credits.checkout;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;

/** So many credits for so much money. Credits in millionths. */
@Entity
class Pack {

    @Id
    String packId = "";

    String name = "";
    long credits;
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    boolean active;
    int version = 1;

    /** What it offers. */
    record Offer(String name, Credits credits, Money price, boolean active) {}

    Offer offer() {
        return new Offer(name, new Credits(credits), new Money(amount, currency), active);
    }

    void become(Offer offer, int newVersion) {
        name = offer.name;
        credits = offer.credits.millionths();
        amount = offer.price.value();
        currency = offer.price.currency();
        active = offer.active;
        version = newVersion;
    }
}
