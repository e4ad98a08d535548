package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.statement.Spending;
import ai.mavster.credits.subscription.Overview;
import ai.mavster.credits.subscription.SubscriptionStatus;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much of its credits an account has used in the current billing period. */
@Singleton
class PeriodUsage {

    private static final int TOP = 10;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Spending spending;
    private final UsageRows rows;

    PeriodUsage(Spending spending, UsageRows rows) {
        this.spending = spending;
        this.rows = rows;
    }

    /** The current period at a glance. */
    @Schema(name = "UsageOfPeriod")
    record Answer(
            String accountId,

            @Schema(description = "Null: there is none now, and all of this is of the last 30 days.") @Nullable
            BillingPeriod billingPeriod,

            Used credits,

            @Schema(description = "Where by_action starts: the hour in which the period does.")
            Instant from,

            @Schema(
                    description =
                            "The actions that took the most, ten at most. Whole hours, so the first one counts in full.")
            List<ActionUsage> byAction,

            Instant asOf) {}

    /** Half-open: the start belongs to it, the end to the next. */
    record BillingPeriod(Instant start, Instant end) {}

    /** What the period's credits have come to. */
    @Schema(name = "CreditsOfPeriod")
    record Used(
            @Schema(
                    description =
                            "What debits took since the period's start, to the instant, less what was given back since; negative if that is"
                                    + " more.",
                    examples = "1200")
            Credits used,

            @Schema(description = "What the plan grants a month at most; null: no plan.", examples = "3000") @Nullable
            Credits included,

            @Schema(description = "What is there and not held, of whatever grant.", examples = "1800")
            Credits remaining,

            @Schema(
                    description =
                            "used / (used + remaining), from 0 to 100, with two decimals, rounded down. So it takes top-ups and what was"
                                    + " carried over into account, and is 100 only when nothing is left.",
                    examples = "40")
            BigDecimal percentageUsed) {}

    /** What one action took. */
    record ActionUsage(
            @Schema(description = "Null: debits that named none.") @Nullable
            String action,

            Credits credits,
            long debits,
            BigDecimal quantity,
            Credits reversed,
            long outliers) {

        static ActionUsage of(UsageRows.Line line) {
            String action = line.dimension(Dimension.ACTION);
            UsageResource.Totals figures = UsageResource.Totals.of(line.figures());
            return new ActionUsage(
                    action.isEmpty() ? null : action,
                    figures.credits(),
                    figures.debits(),
                    figures.quantity(),
                    figures.reversed(),
                    figures.outliers());
        }
    }

    Answer of(Overview overview) throws SQLException {
        BillingPeriod period = period(overview);
        Question question =
                Question.byAction(overview.accountId(), period == null ? null : period.start, overview.asOf());
        Credits used = spending.since(overview.accountId(), period == null ? question.from() : period.start);
        return new Answer(
                overview.accountId(),
                period,
                new Used(used, overview.allotment(), overview.available(), percentage(used, overview.available())),
                question.from(),
                rows.top(question, TOP).stream().map(ActionUsage::of).toList(),
                overview.asOf());
    }

    /** One that has ended counts until its renewal, which comes a little late at times; after a cancellation none comes. */
    private static @Nullable BillingPeriod period(Overview overview) {
        if (overview.subscription() == null) {
            return null;
        }
        Instant end = overview.subscription().currentPeriod().end();
        SubscriptionStatus status = Objects.requireNonNull(overview.subscriptionStatus());
        return status.isRunning() || overview.asOf().isBefore(end)
                ? new BillingPeriod(overview.subscription().currentPeriod().start(), end)
                : null;
    }

    static BigDecimal percentage(Credits used, Credits remaining) {
        if (!used.isPositive()) {
            return BigDecimal.ZERO;
        }
        return UsageResource.Totals.plain(BigDecimal.valueOf(used.millionths())
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(used.plus(remaining).millionths()), 2, RoundingMode.DOWN));
    }
}
