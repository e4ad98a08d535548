package ai.mavster.credits.plan;

import ai.mavster.credits.EnumId;

/** How long a subscription is paid for. Credits are granted monthly either way. */
public enum BillingInterval {
    MONTH(1),
    YEAR(12);

    private final int months;

    BillingInterval(int months) {
        this.months = months;
    }

    public int months() {
        return months;
    }

    public String id() {
        return EnumId.of(this);
    }
}
