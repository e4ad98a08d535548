package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.statement.SpentSince;
import ai.mavster.credits.recharge.AutoRecharge;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
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
            Requests apiRequests,
            Limits limits,
            AutoRecharge autoRecharge,

            @Schema(description = "Since when all of it is counted: the period's start.")
            Instant from,

            @Schema(description = "The actions that took the most, ten at most.")
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

            @Schema(
                    description =
                            "The period's allotment: what its monthly grant comes to at most, whatever the cap left of it. Null: no period.",
                    examples = "3000")
            @Nullable
            Credits included,

            @Schema(description = "What is there and not held, of whatever grant.", examples = "1800")
            Credits remaining,

            @Schema(
                    description =
                            "What of that can be spent now: 0 while the subscription is inactive. What is to be compared with an estimate.",
                    examples = "1800")
            Credits spendable,

            @Schema(
                    description =
                            "used / included, with two decimals, rounded down: of the allotment, so that a top-up changes nothing of it, and"
                                    + " what is spent of one makes it more than 100. 0 where more was given back than taken. Null: no allotment.",
                    examples = "40")
            @Nullable
            BigDecimal percentageUsed) {

        static Used of(UsageAccount account, Credits used) {
            Credits included = account.allotment();
            return new Used(used, included, account.available(), account.spendable(), percentage(used, included));
        }
    }

    /** How many debits were asked for. */
    @Schema(name = "PeriodRequests")
    record Requests(
            @Schema(description = "Debits since the period's start, free ones too; a repeat of one is none.")
            long count,

            @Schema(
                    description =
                            "Debits that were refused since the quarter-hour in which the period started, each time they were, and not among"
                                    + " count. They leave nothing behind in the ledger: each process counts them and writes them down every few"
                                    + " seconds, so the last ones may be missing, and those of a process that was killed.")
            long errors) {}

    /** What bounds the account's credits. */
    @Schema(name = "PeriodLimits")
    record Limits(
            @Schema(description = "What the plan grants a month at most, from the next renewal on; null: no plan.")
            @Nullable
            Credits allotment,

            @Schema(description = "Up to which balance it does; null: no cap, or no plan.") @Nullable
            Credits cap) {

        static Limits of(@Nullable Subscription subscription) {
            return subscription == null
                    ? new Limits(null, null)
                    : new Limits(
                            subscription.terms().allotment(),
                            subscription.terms().cap());
        }
    }

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
            UsageRepository.Figures figures = line.figures();
            return new ActionUsage(
                    action.isEmpty() ? null : action,
                    figures.credits(),
                    figures.debits(),
                    UsageTotals.plain(figures.quantity()),
                    figures.reversed(),
                    figures.outliers());
        }
    }

    Answer of(UsageAccount account) throws SQLException {
        Period period = account.period();
        UsageQuery query = UsageQuery.byAction(account, period == null ? null : period.start());
        Credits used = spent.since(account.accountId(), query.from());
        UsageRepository.Answer found = usage.page(query, null, TOP);
        return new Answer(
                account.accountId(),
                period == null ? null : new BillingPeriod(period.start(), period.end()),
                Used.of(account, used),
                new Requests(found.totals().debits(), usage.refused(account.accountId(), query.from())),
                Limits.of(account.terms()),
                account.autoRecharge(),
                query.from(),
                found.lines().stream().limit(TOP).map(ActionUsage::of).toList(),
                account.asOf());
    }

    static @Nullable BigDecimal percentage(Credits used, @Nullable Credits included) {
        if (included == null || !included.isPositive()) {
            return null;
        }
        if (!used.isPositive()) {
            return BigDecimal.ZERO;
        }
        return UsageTotals.plain(BigDecimal.valueOf(used.millionths())
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(included.millionths()), 2, RoundingMode.DOWN));
    }
}
