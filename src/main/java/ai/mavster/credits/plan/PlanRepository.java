package ai.mavster.credits.plan;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;

/** The plans by their ids. */
@Singleton
public class PlanRepository implements PanacheRepositoryBase<Plan, String> {

    /** Some, those with the fewest credits first. */
    public List<Plan> smallestFirst(int most) {
        return find("order by monthlyCredits, planId").page(0, most).list();
    }

    /** Makes room for a plan, to be filled in within the same transaction; whether it was not there. */
    boolean createUnlessThere(String planId) {
        return getEntityManager().createQuery("""
                                insert into Plan (planId, name, monthlyCredits, rollover, billingInterval)
                                values (:id, '-', 1, 'capped', 'month') on conflict do nothing""").setParameter("id", planId).executeUpdate() == 1;
    }
}
