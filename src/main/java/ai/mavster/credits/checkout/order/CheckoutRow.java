package ai.mavster.credits.checkout.order;

import ai.mavster.credits.EnumId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code checkout}, for reading. */
@Entity
@Immutable
@Table(name = "checkout")
@IdClass(CheckoutRow.Key.class)
class CheckoutRow {

    record Key(String accountId, UUID checkoutId) {}

    @Id
    String accountId = "";

    @Id
    UUID checkoutId = new UUID(0, 0);

    String packId = "";
    int packVersion;
    Instant expiresAt = Instant.EPOCH;
    String status = "";

    @Nullable
    String pageId;

    @Nullable
    String url;

    boolean closesPage;

    Checkout checkout() {
        return new Checkout(
                accountId,
                checkoutId,
                packId,
                packVersion,
                expiresAt,
                EnumId.parse(CheckoutStatus.class, status),
                CheckoutTable.page(pageId, url),
                closesPage);
    }
}
