package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.RoundTrip;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subscriptions' part in each ledger transaction, and the commands that change them. */
@Singleton
public class Subscriptions implements Participant {

    private final Spending spending;

    Subscriptions(SubscriptionSettings settings) {
        this.spending = settings.spending();
    }

    @Override
    public Work begin(RoundTrip reads, Scope scope) {
        Map<String, Subscription> subscriptions = new HashMap<>();
        SubscriptionTables.read(
                reads, scope.accountIds(), subscription -> subscriptions.put(subscription.accountId(), subscription));
        return new SubscriptionWork(spending, subscriptions);
    }

    /**
     * Makes the subscription what is wished; where it enters a period without a monthly grant, that grant is made with it. Renewals that
     * are due by then come first: it does nothing until they are worked off.
     *
     * @param late do it nevertheless
     */
    record Put(SubscriptionDecision.Wish wish, Author author, boolean late)
            implements Command.Feature<SubscriptionWork, Changed> {

        @Override
        public String accountId() {
            return wish.accountId();
        }

        @Override
        public Class<SubscriptionWork> decidedWith() {
            return SubscriptionWork.class;
        }

        @Override
        public Command.Change<Changed> decide(SubscriptionWork work, Books books) {
            Instant now = books.asOf();
            work.open(books.account());
            Subscription before = work.subscription(accountId());
            if (!late && SubscriptionDecision.due(before, now) != SubscriptionDecision.Due.NOTHING) {
                return Command.Change.of(null, posting -> new Changed(null, null, now));
            }
            Command.Change<Subscription> change = change(work, before, books);
            return Command.Change.of(change.grant(), posting -> {
                Subscription changed = change.then().apply(posting);
                return new Changed(changed, work.graceUntil(changed, now), now);
            });
        }

        private Command.Change<Subscription> change(SubscriptionWork work, @Nullable Subscription before, Books books) {
            Instant now = books.asOf();
            Subscription after = SubscriptionDecision.change(before, wish, now);
            ChangeKind kind = before == null ? ChangeKind.SUBSCRIBED : ChangeKind.CHANGED;
            if (SubscriptionDecision.grants(after, now)) {
                Command.Change<MonthlyGrant> month = work.grant(after, books.account(), now);
                return Command.Change.of(month.grant(), posting -> {
                    Subscription granted = month.then()
                            .andThen(grant -> work.current(accountId()))
                            .apply(posting);
                    work.keep(SubscriptionWork.Change.of(books, kind, author, before, granted));
                    return granted;
                });
            }
            Credits difference = SubscriptionDecision.difference(after, wish.grants(), now);
            return before != null && after.sameAs(before) && difference.isZero()
                    ? Command.Change.of(null, posting -> before)
                    : work.change(books, kind, author, before, after, difference);
        }
    }

    /**
     * What a change came to.
     *
     * @param subscription null: nothing was done yet, as renewals are due
     * @param graceUntil until when it may go on spending although it is past due
     */
    record Changed(
            @Nullable Subscription subscription, @Nullable Instant graceUntil, Instant asOf) {

        SubscriptionResource.@Nullable Answer answer() {
            return subscription == null ? null : SubscriptionResource.Answer.of(subscription, graceUntil, asOf);
        }
    }

    /**
     * Does what is due for one subscription: one period, or its end. Deciding it again does what is due next.
     *
     * @param dueBy what is due by then; null, or of an account on a test clock: when it is decided
     */
    record Renew(String accountId, @Nullable Instant dueBy) implements Command.Feature<SubscriptionWork, Renewed> {

        /** What is due when it is decided. */
        static Renew now(String accountId) {
            return new Renew(accountId, null);
        }

        @Override
        public Class<SubscriptionWork> decidedWith() {
            return SubscriptionWork.class;
        }

        @Override
        public Command.Change<Renewed> decide(SubscriptionWork work, Books books) {
            AccountState account = books.account();
            Instant now = books.asOf();
            Subscription before = work.subscription(accountId);
            Instant by = dueBy == null || account.testClock() != null ? now : dueBy;
            SubscriptionDecision.Due due = SubscriptionDecision.due(before, by);
            if (before == null || due == SubscriptionDecision.Due.NOTHING) {
                return Command.Change.of(null, posting -> new Renewed(due, null, false));
            }
            if (due == SubscriptionDecision.Due.END) {
                return Command.Change.of(null, posting -> {
                    Subscription ended = before.ended(now);
                    work.save(ended);
                    keep(work, books, ChangeKind.ENDED, before, ended);
                    return new Renewed(due, null, false);
                });
            }
            Subscription entered = before.enteringNext(now);
            boolean more = SubscriptionDecision.due(entered, by) != SubscriptionDecision.Due.NOTHING;
            if (!entered.isUngranted()) {
                return Command.Change.of(null, posting -> {
                    work.save(entered);
                    entered(work, books, before, entered);
                    return new Renewed(due, null, more);
                });
            }
            Command.Change<MonthlyGrant> change = work.grant(entered, account, now);
            return Command.Change.of(change.grant(), posting -> {
                MonthlyGrant grant = change.then().apply(posting);
                entered(work, books, before, work.current(accountId));
                return new Renewed(due, grant, more);
            });
        }

        private static void entered(SubscriptionWork work, Books books, Subscription before, Subscription after) {
            if (!before.terms().sameAs(after.terms())) {
                keep(work, books, ChangeKind.PLAN_ENTERED, before, after);
            }
        }

        private static void keep(
                SubscriptionWork work, Books books, ChangeKind kind, Subscription before, Subscription after) {
            work.keep(SubscriptionWork.Change.of(books, kind, Author.RENEWAL, before, after));
        }
    }

    /**
     * What a renewal came to.
     *
     * @param grant null where nothing was due, the subscription ended, or the period was granted already
     * @param more a later period is due too
     */
    record Renewed(SubscriptionDecision.Due done, @Nullable MonthlyGrant grant, boolean more) {}
}
