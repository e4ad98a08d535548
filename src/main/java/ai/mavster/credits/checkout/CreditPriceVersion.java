package ai.mavster.credits.checkout;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A credit price, who put it, and why. Credits in millionths. */
@Entity
@Immutable
@Table(name = "credit_price")
class CreditPriceVersion {

    @Id
    Instant effectiveFrom = Instant.EPOCH;

    long credits;
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    Instant createdAt = Instant.EPOCH;
    String authorType = "";
    String authorId = "";
    String authorName = "";

    @Nullable
    String reason;

    static CreditPriceVersion of(CreditPrice price, Instant now, Author author, @Nullable String reason) {
        CreditPriceVersion version = new CreditPriceVersion();
        version.effectiveFrom = price.effectiveFrom();
        version.credits = price.credits().millionths();
        version.amount = price.amount().value();
        version.currency = price.amount().currency();
        version.createdAt = now;
        version.authorType = author.type().id();
        version.authorId = author.id();
        version.authorName = author.name();
        version.reason = reason;
        return version;
    }

    CreditPrice price() {
        return new CreditPrice(new Credits(credits), new Money(amount, currency), effectiveFrom);
    }

    Author author() {
        return new Author(EnumId.parse(Author.Type.class, authorType), authorId, authorName);
    }
}
