package ai.mavster.credits.subscription;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The plans by their ids. */
@Singleton
class Plans implements PanacheRepositoryBase<Plan, String> {}
