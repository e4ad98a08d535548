package ai.mavster.credits.subscription.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A change of a subscription, for reading. Amounts in millionths. */
@Entity
@Immutable
@IdClass(SubscriptionChange.Key.class)
class SubscriptionChange {

    record Key(String accountId, UUID changeId) {}

    @Id
    String accountId = "";

    @Id
    UUID changeId = new UUID(0, 0);

    String kind = "";
    Instant changedAt = Instant.EPOCH;
    String changedBy = "";

    @Nullable
    String reason;

    @Nullable
    String previousPlanId;

    @Nullable
    String previousStatus;

    String planId = "";

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
