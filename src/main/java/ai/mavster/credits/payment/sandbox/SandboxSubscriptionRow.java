package ai.mavster.credits.payment.sandbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one subscription of an account at the sandbox, and the page where one is ordered. */
@Entity
@Table(name = "sandbox_subscription")
class SandboxSubscriptionRow {

    private static final String BEFORE = "sandbox_sub_";

    @Id
    String accountId = "";

    /** What is paid; null: nothing was yet. */
    @Nullable
    String planId;

    boolean cancelAtPeriodEnd;

    String pageId = "";
    String token = "";
    String orderedPlanId = "";
    String description = "";

    /** Whether the page waits for an answer. */
    boolean open;

    Instant createdAt = Instant.EPOCH;

    String subscriptionId() {
        return BEFORE + accountId;
    }

    /** Whether an object of the sandbox is a subscription. */
    static boolean isOne(String objectId) {
        return objectId.startsWith(BEFORE);
    }

    static String accountOf(String subscriptionId) {
        return subscriptionId.substring(BEFORE.length());
    }

    /** The customer pays for what was ordered. */
    void pay() {
        open = false;
        planId = orderedPlanId;
        cancelAtPeriodEnd = false;
    }

    boolean isPaid() {
        return !open && orderedPlanId.equals(planId);
    }
}
