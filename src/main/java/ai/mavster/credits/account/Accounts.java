package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds accounts, and says who they are. For pages. */
@Singleton
public class Accounts {

    private final AccountRepository accounts;
    private final AccountSearchRepository searched;
    private final Ledger ledger;

    Accounts(AccountRepository accounts, AccountSearchRepository searched, Ledger ledger) {
        this.accounts = accounts;
        this.searched = searched;
        this.ledger = ledger;
    }

    /** Who an account is. */
    public record Profile(
            String accountId,
            @Nullable String name,
            @Nullable String billingEmail,
            @Nullable Metadata metadata,
            Instant createdAt) {}

    /**
     * @throws RefusalException if there is no such account
     */
    public Profile profile(String accountId) {
        Account account = QuarkusTransaction.requiringNew().call(() -> accounts.findById(accountId));
        if (account == null) {
            throw new RefusalException(Refusal.noSuchAccount(accountId));
        }
        return new Profile(accountId, account.name, account.billingEmail, account.metadata(), account.createdAt);
    }

    /**
     * Which accounts; null, or empty: any.
     *
     * @param text what their id, name or mail address begins with
     * @param blocked whether a debit would be refused now
     * @param least of their balance, {@code most} likewise
     */
    public record Wanted(
            @Nullable String text,
            @Nullable String plan,
            List<SubscriptionStatus> statuses,
            @Nullable Boolean blocked,
            @Nullable Credits least,
            @Nullable Credits most) {}

    /** One in the list, as it is now. */
    public record Listed(
            AccountSummary account,
            @Nullable String name,
            @Nullable String billingEmail,
            Instant createdAt) {}

    /**
     * The newest first; of a text, those that begin with it in the order of what does. A part is scanned at a time: a
     * page may be short, or empty, and lead on.
     *
     * @param cursor that of the page before; null: from the start
     */
    public Page<Listed> search(Wanted wanted, @Nullable String cursor, int limit) {
        AccountSearch search = new AccountSearch(
                searched,
                ledger,
                new AccountSearch.Filter(
                        wanted.text,
                        wanted.plan,
                        wanted.statuses,
                        wanted.blocked,
                        wanted.least,
                        wanted.most,
                        null,
                        null));
        return search.page(search.start(cursor == null ? null : Cursor.toText(cursor)), limit)
                .map(match -> new Listed(
                        match.account(),
                        match.found().name(),
                        match.found().billingEmail(),
                        match.found().createdAt()));
    }
}
