package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's credits and what stands in the way of spending them, as of one instant.
 *
 * @param owed what is taken from the next credits
 * @param spendable what a debit could take now, by the decision that it would get
 * @param blocked why a debit of anything would be refused now, likewise; null: it would not
 * @param subscription null: none
 * @param nextGrant null: none is coming
 */
public record AccountSummary(
        String accountId,
        Credits balance,
        Credits held,
        Credits available,
        Credits owed,
        Credits spendable,
        @Nullable Refusal blocked,
        @Nullable SubscriptionView subscription,
        @Nullable NextGrant nextGrant,
        boolean onTestClock,
        String timeZone,
        @Nullable Instant closedAt,
        AccountView.@Nullable Erasure erasure,
        Instant asOf) {

    public static AccountSummary of(AccountView account) {
        return of(account, Purpose.NONE);
    }

    /** As it is for debits of a project or workspace. */
    static AccountSummary of(AccountView account, Purpose purpose) {
        SubscriptionView subscription = SubscriptionView.of(account);
        return new AccountSummary(
                account.accountId(),
                account.balance(),
                account.held(),
                account.available(),
                account.owed(),
                account.spendable(purpose),
                account.refusal(new AccountView.Need(null, purpose, List.of())),
                subscription,
                subscription == null ? null : subscription.nextGrant(account),
                account.isOnTestClock(),
                account.timeZone().getId(),
                account.closedAt(),
                account.erasure(),
                account.asOf());
    }

    /** The code of the problem that a debit would get, or null. */
    public Refusal.@Nullable Code blockedBy() {
        return blocked == null ? null : blocked.code();
    }
}
