package ai.mavster.credits.plan;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What plans were. */
@Singleton
class PlanVersionRepository implements PanacheRepositoryBase<PlanVersion, PlanVersion.Key> {

    /** The newest ones, or those before a version. */
    List<PlanVersion> newestFirst(String planId, @Nullable Long before, int limit) {
        // A cursor that a caller made up may be any number.
        int below = before == null ? Integer.MAX_VALUE : (int) Math.min(Math.max(before, 0), Integer.MAX_VALUE);
        return find("planId = ?1 and version < ?2 order by version desc", planId, below)
                .page(0, limit)
                .list();
    }
}
