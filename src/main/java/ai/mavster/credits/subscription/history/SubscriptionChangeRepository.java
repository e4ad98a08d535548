package ai.mavster.credits.subscription.history;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the history of subscriptions. */
@Singleton
class SubscriptionChangeRepository implements PanacheRepositoryBase<SubscriptionChangeRow, SubscriptionChangeRow.Key> {

    List<SubscriptionChangeRow> newestFirst(String accountId, @Nullable UUID before, int limit) {
        return before == null
                ? find("accountId = ?1 order by changeId desc", accountId)
                        .page(0, limit)
                        .list()
                : find("accountId = ?1 and changeId < ?2 order by changeId desc", accountId, before)
                        .page(0, limit)
                        .list();
    }
}
