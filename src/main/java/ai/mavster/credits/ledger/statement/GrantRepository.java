package ai.mavster.credits.ledger.statement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads grants. Their ids are made in the order of time, so the newest come first by id. */
@Singleton
class GrantRepository implements PanacheRepositoryBase<GrantRow, GrantRow.Key> {

    List<GrantRow> newestFirst(String accountId, @Nullable UUID before, int limit) {
        return before == null
                ? find("accountId = ?1 order by grantId desc", accountId)
                        .page(0, limit)
                        .list()
                : find("accountId = ?1 and grantId < ?2 order by grantId desc", accountId, before)
                        .page(0, limit)
                        .list();
    }
}
