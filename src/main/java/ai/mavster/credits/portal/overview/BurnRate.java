package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Credits;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.alert.RunRate;
import ai.mavster.credits.portal.Sentence;
import ai.mavster.credits.subscription.NextGrant;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast credits are used, and until when they last. Pure.
 *
 * @param perDay null: nothing was used
 * @param isShort whether they are used up before the next grant
 */
@TemplateData
public record BurnRate(
        @Nullable Credits perDay, Sentence over, @Nullable Sentence lasts, boolean isShort) {

    /** From here on a fraction of a credit says nothing. */
    private static final Credits MANY = Credits.of(100);

    private static final int FEW_DECIMALS = 2;

    static BurnRate of(AccountSummary account, RunRate rate) {
        Sentence over = Sentence.of("overview.pace.over", days(rate.over()));
        if (!rate.used().isPositive()) {
            return new BurnRate(null, Sentence.of("overview.pace.nothing", days(rate.over())), null, false);
        }
        Credits perDay = rounded(rate.perDay());
        if (!account.spendable().isPositive()) {
            return new BurnRate(perDay, over, null, false);
        }
        Instant end = rate.reaches(account.available(), account.asOf());
        NextGrant next = account.nextGrant();
        if (end == null) {
            return new BurnRate(perDay, over, Sentence.of("overview.pace.years"), false);
        }
        if (next == null || next.amount().isZero()) {
            return new BurnRate(perDay, over, Sentence.of("overview.pace.until", end), false);
        }
        return end.isBefore(next.at())
                ? new BurnRate(perDay, over, Sentence.of("overview.pace.short", end, next.at()), true)
                : new BurnRate(perDay, over, Sentence.of("overview.pace.beyond", end, next.at()), false);
    }

    /** A part of a day is one. */
    private static long days(Duration time) {
        return time.plusDays(1).minusNanos(1).toDays();
    }

    private static Credits rounded(Credits credits) {
        int decimals = credits.isLessThan(MANY) ? FEW_DECIMALS : 0;
        return Credits.of(new BigDecimal(credits.toString()).setScale(decimals, RoundingMode.HALF_UP));
    }
}
