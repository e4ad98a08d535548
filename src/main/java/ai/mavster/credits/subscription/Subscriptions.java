package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Column;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.RoundTrip;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subscriptions' part in each ledger transaction, and the commands that change them. */
@Singleton
public class Subscriptions implements Participant {

    @Override
    public Work begin(RoundTrip reads, Scope scope) {
        Map<String, Subscription> subscriptions = new HashMap<>();
        reads.query(
                """
                SELECT s.account_id, s.plan_id, p.monthly_credits, p.cap_ratio, p.rollover, s.status, s.anchor, s.time_zone,
                       s.period_index, s.period_start, s.period_end, s.cancel_at_period_end, s.granted_until, s.created_at, s.updated_at
                FROM subscription s JOIN plan p USING (plan_id) WHERE s.account_id = ANY (?)""",
                List.of(Column.text(scope.accountIds())),
                row -> subscriptions.put(row.getString(1), subscription(row)));
        return new SubscriptionWork(subscriptions);
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        Timestamp grantedUntil = row.getTimestamp(13);
        return new Subscription(
                row.getString(1),
                new PlanTerms(
                        row.getString(2),
                        new Credits(row.getLong(3)),
                        row.getBigDecimal(4),
                        Rollover.of(row.getString(5))),
                SubscriptionStatus.of(row.getString(6)),
                row.getTimestamp(7).toInstant(),
                ZoneId.of(row.getString(8)),
                new Period(
                        row.getInt(9),
                        row.getTimestamp(10).toInstant(),
                        row.getTimestamp(11).toInstant()),
                row.getBoolean(12),
                grantedUntil == null ? null : grantedUntil.toInstant(),
                row.getTimestamp(14).toInstant(),
                row.getTimestamp(15).toInstant());
    }

    /** Makes the subscription what is wished; where it enters a period without a monthly grant, that grant is made with it. */
    record Put(SubscriptionDecision.Wish wish) implements Command.Feature<SubscriptionWork, Subscription> {

        @Override
        public String accountId() {
            return wish.accountId();
        }

        @Override
        public Class<SubscriptionWork> decidedWith() {
            return SubscriptionWork.class;
        }

        @Override
        public Command.Change<Subscription> decide(SubscriptionWork work, Books books) {
            AccountState account = books.account();
            Instant now = books.asOf();
            if (account.testClock() != null) {
                work.onTestClock(accountId());
            }
            Subscription after = SubscriptionDecision.change(work.subscription(accountId()), wish, now);
            if (!SubscriptionDecision.grants(after, now)) {
                return Command.Change.of(null, posting -> {
                    work.save(after);
                    return after;
                });
            }
            Command.Change<MonthlyGrant> change = work.grant(after, account, now);
            return Command.Change.of(change.grant(), change.then().andThen(granted -> work.current(after.accountId())));
        }
    }

    /**
     * Does what is due for one subscription: one period, or its end. Deciding it again does what is due next.
     *
     * @param asOf what is due by then; of an account on a test clock, by that instead
     */
    record Renew(String accountId, Instant asOf) implements Command.Feature<SubscriptionWork, Renewed> {

        @Override
        public Class<SubscriptionWork> decidedWith() {
            return SubscriptionWork.class;
        }

        @Override
        public Command.Change<Renewed> decide(SubscriptionWork work, Books books) {
            AccountState account = books.account();
            Instant now = books.asOf();
            Subscription before = work.subscription(accountId);
            Instant by = account.testClock() == null ? asOf : now;
            SubscriptionDecision.Due due = SubscriptionDecision.due(before, by);
            if (before == null || due == SubscriptionDecision.Due.NOTHING) {
                return Command.Change.of(null, posting -> new Renewed(due, null, false));
            }
            if (due == SubscriptionDecision.Due.END) {
                return Command.Change.of(null, posting -> {
                    work.save(before.ended(now));
                    return new Renewed(due, null, false);
                });
            }
            Subscription entered = before.entering(before.period().next(before.anchor(), before.zone()), now);
            boolean more = SubscriptionDecision.due(entered, by) != SubscriptionDecision.Due.NOTHING;
            if (!entered.isUngranted()) {
                return Command.Change.of(null, posting -> {
                    work.save(entered);
                    return new Renewed(due, null, more);
                });
            }
            Command.Change<MonthlyGrant> change = work.grant(entered, account, now);
            return Command.Change.of(
                    change.grant(), posting -> new Renewed(due, change.then().apply(posting), more));
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
