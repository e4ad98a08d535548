package ai.mavster.credits.plan;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The plans by their ids. */
@Singleton
public class PlanRepository implements PanacheRepositoryBase<Plan, String> {

    /** Makes room for a plan, to be filled in within the same transaction; whether it was not there. */
    boolean createUnlessThere(String planId) {
        return getEntityManager().createQuery("""
                                insert into Plan (planId, name, monthlyCredits, rollover, billingInterval)
                                values (:id, '-', 1, 'capped', 'month') on conflict do nothing""").setParameter("id", planId).executeUpdate() == 1;
    }
}
