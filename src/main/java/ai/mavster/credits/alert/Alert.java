package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.limit.ThresholdsReached;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert of an account.
 *
 * @param scopeId what it is of: the workspace, the project, the debit; or else the account
 * @param threshold in percent of the limit; null: it is not about one
 * @param used of the limit; null: it is not about one
 * @param windowStart of the limit's window, or of the billing period; null: it is of neither
 */
public record Alert(
        String accountId,
        UUID alertId,
        AlertScope scope,
        String scopeId,
        @Nullable BigDecimal threshold,
        @Nullable Credits used,
        @Nullable Credits limit,
        @Nullable Instant windowStart,
        Instant at) {

    static Alert of(AccountView account, ThresholdsReached reached, BigDecimal threshold) {
        return new Alert(
                account.accountId(),
                account.nextId(),
                AlertScope.of(reached.scope()),
                reached.scopeId(),
                threshold,
                reached.used(),
                reached.limit(),
                reached.windowStart(),
                account.asOf());
    }

    static Alert ofDebit(AccountView account, Posting debit, Credits limit) {
        return new Alert(
                account.accountId(),
                account.nextId(),
                AlertScope.DEBIT,
                PublicId.DEBIT.of(debit.postingId()),
                null,
                debit.credits(),
                limit,
                null,
                account.asOf());
    }

    /**
     * @param needed until the renewal
     */
    static Alert runningOut(AccountView account, Credits needed, Instant periodStart) {
        return new Alert(
                account.accountId(),
                account.nextId(),
                AlertScope.RUN_RATE,
                account.accountId(),
                null,
                needed,
                account.available(),
                periodStart,
                account.asOf());
    }

    static Alert exhausted(AccountView account) {
        return new Alert(
                account.accountId(),
                account.nextId(),
                AlertScope.CREDITS,
                account.accountId(),
                null,
                null,
                null,
                null,
                account.asOf());
    }
}
