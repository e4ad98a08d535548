package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.GrantKind;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Posting;
import ai.mavster.credits.ledger.RoundTrip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one batch: whether credits may be spent, and the changes to be written. */
final class SubscriptionWork implements Participant.Work {

    private final Spending spending;
    private final Map<String, Subscription> subscriptions;
    private final Map<String, Subscription> changed = new LinkedHashMap<>();
    private final List<Decided> decided = new ArrayList<>(0);
    private final List<Change> history = new ArrayList<>(0);
    private final Set<String> onTestClock = new HashSet<>(0);

    SubscriptionWork(Spending spending, Map<String, Subscription> subscriptions) {
        this.spending = spending;
        this.subscriptions = subscriptions;
    }

    /** A monthly grant's decision, to be kept. */
    record Decided(
            Subscription subscription,
            MonthlyGrant grant,
            @Nullable UUID grantId) {}

    /** A change of a subscription, to be kept. */
    record Change(
            UUID changeId,
            ChangeKind kind,
            Author author,
            @Nullable Subscription before,
            Subscription after,
            Credits granted,
            Credits withheld,
            @Nullable UUID grantId) {

        /** One that granted nothing beside the month. */
        static Change of(
                Books books, ChangeKind kind, Author author, @Nullable Subscription before, Subscription after) {
            return new Change(books.nextId(), kind, author, before, after, Credits.ZERO, Credits.ZERO, null);
        }

        /** One that came from another system, with what is left of the month that was granted there. */
        static Change imported(Books books, Author author, Subscription after, @Nullable Posting left) {
            return new Change(
                    books.nextId(),
                    ChangeKind.IMPORTED,
                    author,
                    null,
                    after,
                    left == null ? Credits.ZERO : left.requested(),
                    Credits.ZERO,
                    idOf(left));
        }
    }

    @Nullable
    Subscription subscription(String accountId) {
        return subscriptions.get(accountId);
    }

    /** The subscription of an account that has one. */
    Subscription current(String accountId) {
        return Objects.requireNonNull(subscriptions.get(accountId));
    }

    @Nullable
    SubscriptionStatus status(String accountId, Instant now) {
        Subscription subscription = subscriptions.get(accountId);
        return subscription == null ? null : subscription.statusAt(now);
    }

    boolean maySpend(String accountId, Instant now) {
        return spending.allows(subscriptions.get(accountId), now);
    }

    @Nullable
    Instant graceUntil(Subscription subscription, Instant now) {
        return spending.graceUntil(subscription, now);
    }

    /** To be told before the account's first subscription is saved: whether it is on a test clock never changes. */
    void open(AccountState account) {
        if (account.testClock() != null) {
            onTestClock.add(account.accountId());
        }
    }

    @Override
    public @Nullable Instant dueAt(AccountState account, Instant by) {
        Subscription subscription = subscriptions.get(account.accountId());
        return subscription == null || SubscriptionDecision.due(subscription, by) == SubscriptionDecision.Due.NOTHING
                ? null
                : subscription.period().end();
    }

    @Override
    public @Nullable Refusal objection(Command.Debit debit, AccountState account, Instant now) {
        if (maySpend(account.accountId(), now)) {
            return null;
        }
        SubscriptionStatus status = status(account.accountId(), now);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", account.accountId());
        members.put("required", debit.credits());
        members.put("subscription_status", status == null ? null : status.id());
        members.put("balance", account.balance());
        return new Refusal(
                Refusal.Code.SUBSCRIPTION_REQUIRED,
                "Credits are spent only under an active subscription; this account's is %s. Its balance of %s is kept and can be spent again as soon as the subscription is active."
                        .formatted(
                                status == null ? "missing" : status.id(),
                                account.balance().inWords()),
                members);
    }

    /** Decides the monthly grant of a subscription's current period. */
    Command.Change<MonthlyGrant> grant(Subscription entered, AccountState account, Instant now) {
        MonthlyGrant grant = MonthlyGrant.decide(
                account.balance(), entered.allotmentOfPeriod(), entered.terms().cap());
        return Command.Change.of(posting(entered, grant), posting -> {
            Subscription granted = entered.granted(now);
            save(granted);
            decided.add(new Decided(granted, grant, idOf(posting)));
            return grant;
        });
    }

    /** Decides what a change grants beside the month, and keeps the change. */
    Command.Change<Subscription> change(
            Books books,
            ChangeKind kind,
            Author author,
            @Nullable Subscription before,
            Subscription after,
            Credits difference) {
        MonthlyGrant grant = difference.isZero()
                ? null
                : MonthlyGrant.decide(
                        books.account().balance(), difference, after.terms().cap());
        return Command.Change.of(grant == null ? null : posting(after, grant), posting -> {
            Subscription saved = grant == null ? after : after.grantedDifference(books.asOf());
            save(saved);
            keep(new Change(
                    books.nextId(),
                    kind,
                    author,
                    before,
                    saved,
                    grant == null ? Credits.ZERO : grant.granted(),
                    grant == null ? Credits.ZERO : grant.withheld(),
                    idOf(posting)));
            return saved;
        });
    }

    void keep(Change change) {
        history.add(change);
    }

    private static Command.@Nullable Grant posting(Subscription subscription, MonthlyGrant grant) {
        return left(subscription, grant.granted());
    }

    /** Monthly credits of the current period; null: none. */
    static Command.@Nullable Grant left(Subscription subscription, @Nullable Credits credits) {
        return credits == null || credits.isZero()
                ? null
                : new Command.Grant(
                        subscription.accountId(),
                        null,
                        GrantKind.MONTHLY,
                        credits,
                        subscription.terms().plan().rollover() == Rollover.NONE
                                ? subscription.period().end()
                                : null,
                        null,
                        null);
    }

    private static @Nullable UUID idOf(@Nullable Posting posting) {
        return posting == null ? null : posting.postingId();
    }

    void save(Subscription subscription) {
        subscriptions.put(subscription.accountId(), subscription);
        changed.put(subscription.accountId(), subscription);
    }

    @Override
    public void write(RoundTrip writes) {
        if (!changed.isEmpty()) {
            SubscriptionTables.writeSubscriptions(writes, changed.values(), onTestClock);
        }
        if (!decided.isEmpty()) {
            SubscriptionTables.writeRenewals(writes, decided);
        }
        if (!history.isEmpty()) {
            SubscriptionTables.writeChanges(writes, history);
        }
    }
}
