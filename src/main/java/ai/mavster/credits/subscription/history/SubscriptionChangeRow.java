package ai.mavster.credits.subscription.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code subscription_change}, for reading. Amounts in millionths. */
@Entity
@Immutable
@Table(name = "subscription_change")
@IdClass(SubscriptionChangeRow.Key.class)
class SubscriptionChangeRow {

    record Key(String accountId, UUID changeId) {}

    @Id
    String accountId = "";

    @Id
    UUID changeId = new UUID(0, 0);

    String kind = "";
    Instant changedAt = Instant.EPOCH;
    String authorType = "";
    String authorId = "";
    String authorName = "";

    @Nullable
    String reason;

    @Nullable
    String previousPlanId;

    @Nullable
    String previousStatus;

    String planId = "";
    int planVersion;

    @Nullable
    Long monthlyCredits;

    @Nullable
    String nextPlanId;

    String status = "";
    boolean cancelAtPeriodEnd;
    Instant anchor = Instant.EPOCH;
    String timeZone = "";
    long granted;
    long withheld;

    @Nullable
    UUID grantId;
}
