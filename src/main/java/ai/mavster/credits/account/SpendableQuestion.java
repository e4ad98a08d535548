package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.waiting.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether so many credits can be spent, by the decision that a debit would get. Of an account that is closed that will
 * never be so, and it is answered at once.
 *
 * @param credits null: any
 */
record SpendableQuestion(@Nullable Credits credits, Purpose purpose) implements Question<AccountSummary> {

    @Override
    public boolean isMet(AccountView account) {
        return account.closedAt() != null || account.refusal(new AccountView.Need(credits, purpose, List.of())) == null;
    }

    @Override
    public AccountSummary answer(AccountView account) {
        return AccountSummary.of(account, purpose);
    }
}
