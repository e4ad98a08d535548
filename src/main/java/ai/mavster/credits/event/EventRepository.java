package ai.mavster.credits.event;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads events. */
@Singleton
class EventRepository implements PanacheRepositoryBase<EventRow, EventRow.Key> {

    /** By its id alone; null: there is none, or none any more. */
    @Nullable
    EventRow byId(UUID eventId) {
        return find("eventId", eventId).firstResult();
    }

    /** Those of an account that follow one, in order. */
    List<EventRow> following(String accountId, long sequence, int limit) {
        return find("accountId = ?1 and sequence > ?2 order by sequence", accountId, sequence)
                .page(0, limit)
                .list();
    }

    /** Those of an account, the newest first; {@code before} null: from the newest. */
    List<EventRow> newestFirst(String accountId, @Nullable Long before, int limit) {
        return find(
                        "accountId = ?1 and sequence < ?2 order by sequence desc",
                        accountId,
                        before == null ? Long.MAX_VALUE : before)
                .page(0, limit)
                .list();
    }

    /**
     * Some by their ids, in order.
     *
     * @param accountId null: of all accounts
     * @param after does not belong to them, {@code before} neither
     */
    List<EventRow> between(@Nullable String accountId, UUID after, UUID before, boolean ascending, int limit) {
        String order = ascending ? " order by eventId" : " order by eventId desc";
        return accountId == null
                ? find("eventId > ?1 and eventId < ?2" + order, after, before)
                        .page(0, limit)
                        .list()
                : find("accountId = ?3 and eventId > ?1 and eventId < ?2" + order, after, before, accountId)
                        .page(0, limit)
                        .list();
    }
}
