package ai.mavster.credits.alert;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** Finds the accounts whose credits may run out before their renewal. Those on test clocks are not among them. */
@Singleton
class WatchedSubscriptionRepository implements PanacheRepositoryBase<WatchedSubscription, String> {

    private static final String WATCHED = """
            select s.accountId from WatchedSubscription s
            where s.accountId > :after and s.status in ('active', 'trialing') and s.periodEnd > :now and not s.onTestClock
                and not exists (select 1 from AlertRow a where a.accountId = s.accountId and a.scope = 'run_rate'
                                and a.windowStart = s.periodStart)
                and not exists (select 1 from AlertSettingsRow p where p.accountId = s.accountId and not p.runningOut)
            order by s.accountId""";

    private final Session session;

    WatchedSubscriptionRepository(Session session) {
        this.session = session;
    }

    /** Those with a running period that has no such alert yet, after an id and by their ids. */
    List<String> after(String accountId, Instant now, int most) {
        return session.createSelectionQuery(WATCHED, String.class)
                .setParameter("after", accountId)
                .setParameter("now", now)
                .setMaxResults(most)
                .getResultList();
    }
}
