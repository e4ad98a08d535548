package ai.mavster.credits.subscription;

import java.util.Locale;

/** How long a subscription is paid for. Credits are granted monthly either way. */
enum BillingInterval {
    MONTH(1),
    YEAR(12);

    private final int months;

    BillingInterval(int months) {
        this.months = months;
    }

    int months() {
        return months;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BillingInterval of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
