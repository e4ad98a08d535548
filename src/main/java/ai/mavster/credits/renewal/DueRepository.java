package ai.mavster.credits.renewal;

import ai.mavster.credits.plan.BillingInterval;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds subscriptions whose renewal is due, and remembers those that could not be renewed. Those on test clocks renew as
 * these are advanced, or where they are asked for.
 */
@Singleton
class DueRepository implements PanacheRepositoryBase<DueSubscription, String> {

    private static final String RUNS = "s.status in ('active', 'trialing')";

    /** More months are paid for after its period. */
    private static final String IN_MID_YEAR =
            "(s.planId in (select p.planId from Plan p where p.billingInterval = :year)"
                    + " and mod(s.periodIndex - s.billedFrom + 1, :months) <> 0)";

    /** Its next period is not one that waits to be paid; or there is none, for it ends. */
    private static final String PAID =
            "(s.paidUntil is null or s.periodEnd < s.paidUntil or s.cancelAtPeriodEnd and not %s)"
                    .formatted(IN_MID_YEAR);

    /** It is renewed, or to end with its period; in the words of its index, and more closely. */
    private static final String WAITS =
            "(%s or s.cancelAtPeriodEnd) and s.onTestClock = :onTestClock and (%s or not %s) and %s"
                    .formatted(RUNS, RUNS, IN_MID_YEAR, PAID);

    /** Its period is over by then; where it ends with that, by now: an end never comes ahead of its time. */
    private static final String DUE = WAITS + """
             and s.periodEnd <= :asOf
            and (s.periodEnd <= :now and not s.onTestClock or not s.cancelAtPeriodEnd or %s)""".formatted(RUNS + " and " + IN_MID_YEAR);

    private static final String FAILED_BEFORE =
            "exists (select 1 from RenewalFailure f where f.accountId = s.accountId and f.periodEnd = s.periodEnd)";

    private final Session session;

    DueRepository(Session session) {
        this.session = session;
    }

    /**
     * What is looked for.
     *
     * @param asOf what is due by then
     * @param now by when an end has come: of those on test clocks none has, for no clock passes it
     * @param onTestClock those on test clocks, and no others
     */
    record Asked(Instant asOf, Instant now, boolean onTestClock) {

        /** Of those that go by the real time: nothing ahead of it. */
        static Asked byRealTime(Instant asOf, Instant now) {
            return new Asked(asOf.isAfter(now) ? now : asOf, now, false);
        }

        static Asked onTestClocks(Instant asOf, Instant now) {
            return new Asked(asOf, now, true);
        }
    }

    /**
     * A subscription whose period is over.
     *
     * @param since the end of its period; of one that could not be renewed, when that was tried last
     */
    record Due(String accountId, Instant since) {

        private static final Due FIRST = new Due("", Instant.EPOCH);
    }

    /**
     * Those that nobody has tried in vain, due longest first.
     *
     * @param after the last one of the page before; null: from the start
     */
    List<Due> untried(Asked asked, @Nullable Due after, int limit) {
        return page(
                "select s.accountId, s.periodEnd from DueSubscription s where " + DUE + " and not " + FAILED_BEFORE
                        + " and (s.periodEnd, s.accountId) > (:since, :account) order by s.periodEnd, s.accountId",
                asked,
                after,
                limit);
    }

    /** Those that could not be renewed before {@code now}, tried longest ago first. */
    List<Due> failedBefore(Asked asked, @Nullable Due after, int limit) {
        return page(
                "select f.accountId, f.failedAt from RenewalFailure f join DueSubscription s"
                        + " on s.accountId = f.accountId and s.periodEnd = f.periodEnd where " + DUE
                        + " and f.failedAt < :now and (f.failedAt, f.accountId) > (:since, :account)"
                        + " order by f.failedAt, f.accountId",
                asked,
                after,
                limit);
    }

    private List<Due> page(String hql, Asked asked, @Nullable Due after, int limit) {
        Due last = after == null ? Due.FIRST : after;
        return with(asked, session.createSelectionQuery(hql, Due.class))
                .setParameter("since", last.since)
                .setParameter("account", last.accountId)
                .setMaxResults(limit)
                .getResultList();
    }

    private static <R> SelectionQuery<R> with(Asked asked, SelectionQuery<R> query) {
        return withYears(query.setParameter("asOf", asked.asOf)
                .setParameter("now", asked.now)
                .setParameter("onTestClock", asked.onTestClock));
    }

    private static <R> SelectionQuery<R> withYears(SelectionQuery<R> query) {
        return query.setParameter("year", BillingInterval.YEAR.id())
                .setParameter("months", BillingInterval.YEAR.months());
    }

    long countDue(Asked asked) {
        return with(
                        asked,
                        session.createSelectionQuery("select count(*) from DueSubscription s where " + DUE, Long.class))
                .getSingleResult();
    }

    /** When the next one that goes by the real time falls due; empty: none will. */
    Optional<Instant> nextDueAt() {
        return withYears(session.createSelectionQuery(
                                "select s.periodEnd from DueSubscription s where " + WAITS + " order by s.periodEnd",
                                Instant.class)
                        .setParameter("onTestClock", false))
                .setMaxResults(1)
                .uniqueResultOptional();
    }

    /**
     * Remembers that these could not be renewed as they stand. By their ids, so that no two processes wait for each
     * other.
     */
    void failed(Collection<String> accountIds, Instant now) {
        session.createSelectionQuery(
                        "from DueSubscription s where s.accountId in :ids order by s.accountId", DueSubscription.class)
                .setParameter("ids", accountIds)
                .getResultList()
                .forEach(subscription -> failed(subscription, now));
    }

    private void failed(DueSubscription subscription, Instant now) {
        int changed = write(
                "update RenewalFailure f set f.periodEnd = :periodEnd, f.failedAt = :now where f.accountId = :account",
                subscription,
                now);
        if (changed == 0) {
            write(
                    "insert into RenewalFailure (accountId, periodEnd, failedAt) values (:account, :periodEnd, :now)"
                            + " on conflict do nothing",
                    subscription,
                    now);
        }
    }

    private int write(String hql, DueSubscription subscription, Instant now) {
        return session.createMutationQuery(hql)
                .setParameter("account", subscription.accountId)
                .setParameter("periodEnd", subscription.periodEnd)
                .setParameter("now", now)
                .executeUpdate();
    }
}
