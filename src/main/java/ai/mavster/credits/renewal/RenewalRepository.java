package ai.mavster.credits.renewal;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the decisions of monthly grants. */
@Singleton
class RenewalRepository implements PanacheRepositoryBase<Renewal, Renewal.Key> {

    List<Renewal> newestFirst(String accountId, @Nullable Instant before, int limit) {
        return before == null
                ? find("accountId = ?1 order by periodStart desc", accountId)
                        .page(0, limit)
                        .list()
                : find("accountId = ?1 and periodStart < ?2 order by periodStart desc", accountId, before)
                        .page(0, limit)
                        .list();
    }
}
