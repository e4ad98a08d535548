package ai.mavster.credits.checkout;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What packs were. */
@Singleton
class PackVersionRepository implements PanacheRepositoryBase<PackVersion, PackVersion.Key> {

    /** The newest ones, or those before a version. */
    List<PackVersion> newestFirst(String packId, @Nullable Long before, int limit) {
        // A cursor that a caller made up may be any number.
        int below = before == null ? Integer.MAX_VALUE : (int) Math.min(Math.max(before, 0), Integer.MAX_VALUE);
        return find("packId = ?1 and version < ?2 order by version desc", packId, below)
                .page(0, limit)
                .list();
    }
}
