package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.statement.SpentSince;
import ai.mavster.credits.subscription.terms.Period;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The current period's credits, to be shown beside a balance and as of the same moment. */
@Singleton
public class CurrentUsage {

    private static final Duration WITHOUT_PERIOD = Duration.ofDays(30);

    private final SpentSince spent;

    CurrentUsage(SpentSince spent) {
        this.spent = spent;
    }

    /** What is to be known of an account, from the question that reads its balance. */
    public record Read(UsageAccount account, long seq) {

        public static Read of(AccountView account) {
            return new Read(UsageAccount.of(account), account.seqWhenRead());
        }
    }

    /** The current period's credits. */
    @Schema(name = "AccountUsage")
    public record Answer(
            @Schema(description = "Null: there is none now, and this is of the last 30 days.")
            PeriodUsage.@Nullable BillingPeriod billingPeriod,

            PeriodUsage.Used credits) {}

    /** As of when the account was read, whatever was posted since. */
    public Answer of(Read read) throws SQLException {
        UsageAccount account = read.account;
        Period period = account.period();
        Instant from = period == null ? account.asOf().minus(WITHOUT_PERIOD) : period.start();
        return new Answer(
                period == null ? null : new PeriodUsage.BillingPeriod(period.start(), period.end()),
                PeriodUsage.Used.of(account, spent.since(account.accountId(), from, read.seq)));
    }
}
