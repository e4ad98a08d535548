package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Credits;
import ai.mavster.credits.account.AccountSummary;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A bar of the balance against the cap, in thousandths of its width. Pure.
 *
 * @param free what is not held, from the left
 * @param held next to it
 * @param coming what the next grant adds, next to that
 * @param mark where the cap is; null: there is none
 */
@TemplateData
public record BalanceBar(
        int free, int held, int coming, @Nullable Integer mark) {

    private static final int WIDTH = 1000;
    private static final int MARK = 3;

    static BalanceBar of(AccountSummary account, ComingGrant coming, @Nullable PlanInShort plan) {
        return of(
                account.balance(),
                account.held(),
                coming.amount() == null ? Credits.ZERO : coming.amount(),
                plan == null ? null : plan.cap());
    }

    /** Where the balance is above the cap, the bar is as long as the balance. */
    static BalanceBar of(Credits balance, Credits held, Credits coming, @Nullable Credits cap) {
        Credits all = balance.plus(coming);
        Credits longest = cap == null ? all : all.max(cap);
        if (!longest.isPositive()) {
            return new BalanceBar(0, 0, 0, null);
        }
        int free = part(balance.minus(held), longest);
        int upToBalance = part(balance, longest);
        return new BalanceBar(
                free, upToBalance - free, part(all, longest) - upToBalance, cap == null ? null : part(cap, longest));
    }

    public int heldFrom() {
        return free;
    }

    /** A mark at the right edge is drawn within the bar. */
    public int markFrom() {
        return mark == null ? 0 : Math.min(mark, WIDTH - MARK);
    }

    public int comingFrom() {
        return free + held;
    }

    private static int part(Credits credits, Credits longest) {
        return BigDecimal.valueOf(credits.millionths())
                .multiply(BigDecimal.valueOf(WIDTH))
                .divide(BigDecimal.valueOf(longest.millionths()), 0, RoundingMode.HALF_UP)
                .intValueExact();
    }
}
