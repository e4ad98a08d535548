package ai.mavster.credits.payment.stripe.subscription;

import ai.mavster.credits.subscription.terms.PaidTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What time invoices have paid for. Pure. */
final class PaidInvoices {

    /** Stretches this close to each other are one. */
    private static final Duration GAP = Duration.ofMinutes(1);

    private PaidInvoices() {}

    /**
     * The last stretch without a gap.
     *
     * @param stretches in any order; they may overlap
     * @param start of the subscription: where nothing is paid, no time from then on is
     */
    static PaidTime last(List<PaidTime> stretches, Instant start) {
        PaidTime last = null;
        for (PaidTime next :
                stretches.stream().sorted(Comparator.comparing(PaidTime::from)).toList()) {
            if (last == null || next.from().isAfter(last.until().plus(GAP))) {
                last = next;
            } else if (next.until().isAfter(last.until())) {
                last = new PaidTime(last.from(), next.until());
            }
        }
        return last == null ? new PaidTime(start, start) : last;
    }
}
