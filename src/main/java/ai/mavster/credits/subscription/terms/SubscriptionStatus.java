package ai.mavster.credits.subscription.terms;

import ai.mavster.credits.EnumId;

/**
 * Where a subscription is in its life. It is renewed while it is active or trialing; whether credits may be spent is
 * configured.
 */
public enum SubscriptionStatus {
    ACTIVE(true),
    TRIALING(true),
    PAST_DUE(false),
    PAUSED(false),
    CANCELED(false);

    private final boolean running;

    SubscriptionStatus(boolean running) {
        this.running = running;
    }

    /** Months are granted. */
    public boolean isRunning() {
        return running;
    }

    /** As in the database and in JSON: {@code past_due}. */
    public String id() {
        return EnumId.of(this);
    }
}
