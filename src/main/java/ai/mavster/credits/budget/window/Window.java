package ai.mavster.credits.budget.window;

import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a budget counts in, half-open. Pure.
 *
 * @param start belongs to it
 * @param end does not
 */
public record Window(WindowKind kind, Instant start, Instant end) {

    /** The one that an instant lies in. */
    public static Window at(Instant at, WindowKind kind, ZoneId zone, @Nullable SubscriptionView subscription) {
        Window period = kind == WindowKind.BILLING_PERIOD ? ofPeriod(at, subscription) : null;
        return period == null ? byCalendar(at, kind, zone) : period;
    }

    /**
     * The subscription's period that an instant lies in, whether or not the renewal job has been by; null: there is
     * none, or it is over.
     */
    public static @Nullable Window ofPeriod(Instant at, @Nullable SubscriptionView view) {
        if (view == null) {
            return null;
        }
        Subscription subscription = view.subscription();
        if (!view.status().isRunning() && !at.isBefore(subscription.period().end())) {
            return null;
        }
        Period period = subscription.periodAt(at);
        return new Window(WindowKind.BILLING_PERIOD, period.start(), period.end());
    }

    /**
     * From midnight to midnight on the wall, which need not be a multiple of 24 hours. What comes twice, as clocks are
     * set back across midnight, belongs to the later day.
     */
    private static Window byCalendar(Instant at, WindowKind kind, ZoneId zone) {
        LocalDate first = kind.firstDay(at.atZone(zone).toLocalDate());
        LocalDate next = kind.next(first);
        while (!at.isBefore(start(next, zone))) {
            first = next;
            next = kind.next(first);
        }
        return new Window(kind, start(first, zone), start(next, zone));
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    public boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }

    /** Whether the same is counted in both. */
    public boolean spans(Window other) {
        return start.equals(other.start) && end.equals(other.end);
    }
}
