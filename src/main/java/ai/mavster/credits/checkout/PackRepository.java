package ai.mavster.credits.checkout;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packs by their ids. */
@Singleton
class PackRepository implements PanacheRepositoryBase<Pack, String> {

    /** Makes room for a pack, to be filled in within the same transaction; whether it was not there. */
    boolean createUnlessThere(String packId) {
        return getEntityManager().createQuery("""
                                insert into Pack (packId, name, credits, amount, currency, active, version)
                                values (:id, '-', 1, 1, 'EUR', false, 1) on conflict do nothing""").setParameter("id", packId).executeUpdate() == 1;
    }

    /** By their ids, after one; all, or only those that can be bought. */
    List<Pack> after(@Nullable String packId, boolean onlyActive, int limit) {
        return find(
                        "packId > ?1 and (active = true or ?2 = false) order by packId",
                        packId == null ? "" : packId,
                        onlyActive)
                .page(0, limit)
                .list();
    }
}
