package ai.mavster.credits.subscription;

import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Which accounts have subscriptions, in the order of an index, a few at a time. */
@Singleton
class SubscriptionRepository implements PanacheRepositoryBase<SubscriptionRow, String> {

    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Session session;

    SubscriptionRepository(Session session) {
        this.session = session;
    }

    /**
     * A subscription's place in a list.
     *
     * @param time when it was made; of those that are due, since when
     */
    record Place(Instant time, String accountId) {}

    /** The newest first; of one status, or of all. */
    List<Place> newest(@Nullable SubscriptionStatus status, @Nullable Place after, int limit) {
        SelectionQuery<Place> query = query(
                "select s.createdAt, s.accountId from SubscriptionRow s where (s.createdAt, s.accountId) < (:time, :id)"
                        + (status == null ? "" : " and s.status = :status")
                        + " order by s.createdAt desc, s.accountId desc",
                after == null ? END : after.time,
                after);
        if (status != null) {
            query.setParameter("status", status.id());
        }
        return query.setMaxResults(limit).getResultList();
    }

    /** Those whose period was over by then, the longest due first; not on test clocks, which renew as these advance. */
    List<Place> due(Instant now, @Nullable Place after, int limit) {
        return query("""
                        select s.periodEnd, s.accountId from SubscriptionRow s
                        where s.status in ('active', 'trialing') and not s.onTestClock and s.periodEnd <= :now
                            and (s.periodEnd, s.accountId) > (:time, :id)
                        order by s.periodEnd, s.accountId""", after == null ? BEGINNING : after.time, after)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
    }

    private SelectionQuery<Place> query(String hql, Instant time, @Nullable Place after) {
        return session.createSelectionQuery(hql, Place.class)
                .setParameter("time", time)
                .setParameter("id", after == null ? "" : after.accountId);
    }
}
