package ai.mavster.credits.alert.mail;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One alert as it is mailed.
 *
 * @param scope whose budget it is of, {@code project} say; null: it is of none
 * @param scopeId which workspace or project; null: of the account
 * @param threshold in percent of the limit; null: it is not about one
 * @param used of a budget or the allotment; of a debit what it took; null: it is not about an amount
 * @param limit of the budget, or the allotment; of a debit what it is larger than; null: it is not about one
 * @param until when the window ends, the credits run out, or a recharge may be made again; null: not known
 * @param link where something is to be done; null: nowhere in particular
 */
public record Notice(
        Kind kind,
        @Nullable String scope,
        @Nullable String scopeId,
        @Nullable BigDecimal threshold,
        @Nullable Credits used,
        @Nullable Credits limit,
        @Nullable Instant until,
        @Nullable String link) {

    /** One that leads nowhere in particular. */
    public Notice(
            Kind kind,
            @Nullable String scope,
            @Nullable String scopeId,
            @Nullable BigDecimal threshold,
            @Nullable Credits used,
            @Nullable Credits limit,
            @Nullable Instant until) {
        this(kind, scope, scopeId, threshold, used, limit, until, null);
    }

    /** What it is about. */
    public enum Kind {
        PLAN_THRESHOLD,
        BUDGET_THRESHOLD,
        BUDGET_EXCEEDED,
        EXHAUSTED,
        RUNNING_OUT,
        LARGE_DEBIT,
        RECHARGE_FAILED,
        RECHARGE_SWITCHED_OFF,
        RECHARGE_LIMIT,
        RECHARGE_CONFIRMATION;

        String id() {
            return EnumId.of(this);
        }
    }

    /** That nothing is available any more. */
    public static Notice exhausted() {
        return new Notice(Kind.EXHAUSTED, null, null, null, null, null, null);
    }

    /** That a single debit took more than was set. */
    public static Notice largeDebit(Credits taken, Credits above) {
        return new Notice(Kind.LARGE_DEBIT, null, null, null, taken, above, null);
    }

    /** That credits run out before they are renewed. */
    public static Notice runningOut(Credits available, Instant at) {
        return new Notice(Kind.RUNNING_OUT, null, null, null, null, available, at);
    }

    /** Whether another says the same of another time. */
    boolean isLike(Notice other) {
        return kind == other.kind
                && Objects.equals(scope, other.scope)
                && Objects.equals(scopeId, other.scopeId)
                && (threshold == null
                        ? other.threshold == null
                        : other.threshold != null && threshold.compareTo(other.threshold) == 0);
    }
}
