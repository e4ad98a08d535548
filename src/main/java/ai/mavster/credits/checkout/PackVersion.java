package ai.mavster.credits.checkout;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What a pack was from some time on, who made it so, and why. Credits in millionths. */
@Entity
@Immutable
@IdClass(PackVersion.Key.class)
class PackVersion {

    record Key(String packId, int version) {}

    @Id
    String packId = "";

    @Id
    int version;

    Instant validFrom = Instant.EPOCH;
    String authorType = "";
    String authorId = "";
    String authorName = "";

    @Nullable
    String reason;

    String name = "";
    long credits;
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    boolean active;

    /** What a pack is from now on. */
    static PackVersion of(Pack pack, Instant now, Author author, @Nullable String reason) {
        PackVersion version = new PackVersion();
        version.packId = pack.packId;
        version.version = pack.version;
        version.validFrom = now;
        version.authorType = author.type().id();
        version.authorId = author.id();
        version.authorName = author.name();
        version.reason = reason;
        version.name = pack.name;
        version.credits = pack.credits;
        version.amount = pack.amount;
        version.currency = pack.currency;
        version.active = pack.active;
        return version;
    }

    Pack.Offer offer() {
        return new Pack.Offer(name, new Credits(credits), new Money(amount, currency), active);
    }

    Author author() {
        return new Author(EnumId.parse(Author.Type.class, authorType), authorId, authorName);
    }
}
