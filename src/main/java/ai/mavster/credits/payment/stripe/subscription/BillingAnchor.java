package ai.mavster.credits.payment.stripe.subscription;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Where months are counted from, by where Stripe counts them from. Pure. */
final class BillingAnchor {

    /** As many months as lie between two 29ths of February, and a century that has none. */
    private static final int MOST_MONTHS = 8 * 12;

    private BillingAnchor() {}

    /**
     * The anchor; while it lies ahead, as it does during a trial, the last instant from which whole months lead there:
     * so a month ends with the trial.
     */
    static Instant of(Instant anchor, Instant now) {
        ZonedDateTime there = anchor.atZone(ZoneOffset.UTC);
        for (int months = 0; months <= MOST_MONTHS; months++) {
            ZonedDateTime earlier = there.minusMonths(months);
            if (!earlier.toInstant().isAfter(now) && earlier.plusMonths(months).equals(there)) {
                return earlier.toInstant();
            }
        }
        return now;
    }
}
