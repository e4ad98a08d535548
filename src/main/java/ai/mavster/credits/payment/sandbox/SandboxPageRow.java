package ai.mavster.credits.payment.sandbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page where people pay with play money. */
@Entity
@Table(name = "sandbox_page")
class SandboxPageRow {

    @Id
    String pageId = "";

    UUID purchaseId = new UUID(0, 0);
    String accountId = "";
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    String description = "";
    String token = "";
    Instant createdAt = Instant.EPOCH;
    Instant expiresAt = Instant.EPOCH;

    @Nullable
    Instant closedAt;

    boolean isOpen(Instant now) {
        return closedAt == null && now.isBefore(expiresAt);
    }
}
