package ai.mavster.credits.plan;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The plans by their ids. */
@Singleton
public class PlanRepository implements PanacheRepositoryBase<Plan, String> {}
