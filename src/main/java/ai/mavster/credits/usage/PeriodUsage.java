package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.statement.SpentSince;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Period;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much of its credits an account has used in the current billing period. */
@Singleton
public class PeriodUsage {

    private static final int TOP = 10;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final SpentSince spent;
    private final UsageRepository usage;

    PeriodUsage(SpentSince spent, UsageRepository usage) {
        this.spent = spent;
        this.usage = usage;
    }

    /** The current period at a glance. */
    @Schema(name = "PeriodUsage")
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

            Instant asOf)
            implements Usage {}

    /** Half-open: the start belongs to it, the end to the next. */
    @Schema(name = "UsagePeriod")
    public record BillingPeriod(Instant start, Instant end) {}

    /** What the period's credits have come to. */
    @Schema(name = "PeriodCredits")
    public record Used(
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
    @Schema(name = "ActionUsage")
    record ActionUsage(
            @Schema(description = "Null: debits that named none.") @Nullable
            String action,

            Credits credits,
            long debits,
            BigDecimal quantity,
            Credits reversed,
            long outliers) {

        static ActionUsage of(UsageRepository.Line line) {
            String action = line.dimension(Dimension.ACTION);
            UsageTotals figures = UsageTotals.of(line.figures());
            return new ActionUsage(
                    action.isEmpty() ? null : action,
                    figures.credits(),
                    figures.debits(),
                    figures.quantity(),
                    figures.reversed(),
                    figures.outliers());
        }
    }

    /** What is to be known of an account. */
    public record Account(
            String accountId, Credits available, @Nullable SubscriptionView subscription, Instant asOf) {

        static Account of(AccountView account) {
            return new Account(account.accountId(), account.available(), SubscriptionView.of(account), account.asOf());
        }

        @Nullable
        Credits allotment() {
            return subscription == null
                    ? null
                    : subscription.subscription().terms().allotment();
        }

        /**
         * One that has ended counts until its renewal, which comes a little late at times; after a cancellation none
         * comes.
         */
        @Nullable
        BillingPeriod period() {
            if (subscription == null) {
                return null;
            }
            Period period = subscription.subscription().period();
            return subscription.status().isRunning() || asOf.isBefore(period.end())
                    ? new BillingPeriod(period.start(), period.end())
                    : null;
        }
    }

    Answer of(Account account) throws SQLException {
        BillingPeriod period = account.period();
        UsageQuery query = UsageQuery.byAction(account.accountId, period == null ? null : period.start, account.asOf);
        Credits used = spent.since(account.accountId, period == null ? query.from() : period.start);
        return new Answer(
                account.accountId,
                period,
                new Used(used, account.allotment(), account.available, percentage(used, account.available)),
                query.from(),
                usage.top(query, TOP).stream().map(ActionUsage::of).toList(),
                account.asOf);
    }

    static BigDecimal percentage(Credits used, Credits remaining) {
        if (!used.isPositive()) {
            return BigDecimal.ZERO;
        }
        return UsageTotals.plain(BigDecimal.valueOf(used.millionths())
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(used.plus(remaining).millionths()), 2, RoundingMode.DOWN));
    }
}
