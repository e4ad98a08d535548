package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts an account has.
 *
 * @param debitAbove of a single debit that takes more than this; null: of none
 * @param runningOut whether credits will run out before the renewal
 */
public record AlertSettings(String accountId, @Nullable Credits debitAbove, boolean runningOut) {

    /** Of an account that has set nothing. */
    static AlertSettings initial(String accountId) {
        return new AlertSettings(accountId, null, true);
    }

    boolean isAbove(Credits debited) {
        return debitAbove != null && debitAbove.isLessThan(debited);
    }
}
