package ai.mavster.credits.pricing;

import ai.mavster.credits.Author;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of an action's rate, as it was put.
 *
 * @param effectiveFrom from when on it is in force, to the microsecond
 * @param price for one unit; null: the action is withdrawn, no longer priced
 * @param card the shipped example card that it came with; null: an administrator put it
 * @param author who put it
 * @param reason why; null: nothing was said
 */
record RateVersion(
        String action,
        Instant effectiveFrom,
        String unit,
        @Nullable Price price,
        @Nullable String card,
        @Nullable String note,
        Instant createdAt,
        Author author,
        @Nullable String reason) {

    /** By action, and of each action the newest first. */
    static final Comparator<RateVersion> IN_ORDER = Comparator.comparing(RateVersion::action)
            .thenComparing(RateVersion::effectiveFrom, Comparator.reverseOrder());

    /** Empty: withdrawn. */
    Optional<Rate> rate() {
        return price == null
                ? Optional.empty()
                : Optional.of(new Rate(action, unit, price.minimum(), price.maximum(), effectiveFrom));
    }

    /** Whether it says the same of its action, whenever and by whomever it was put. */
    boolean saysTheSameAs(RateVersion other) {
        return action.equals(other.action)
                && unit.equals(other.unit)
                && Objects.equals(price, other.price)
                && Objects.equals(note, other.note);
    }
}
