package ai.mavster.credits.payment.inbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads events. */
@Singleton
class ProviderEventRepository implements PanacheRepositoryBase<ProviderEventRow, ProviderEventRow.Key> {

    private static final String BEFORE = "(receivedAt < ?1 or receivedAt = ?1 and eventId < ?2)";

    private static final String NEWEST_FIRST = " order by receivedAt desc, eventId desc";

    /** By its id; null: there is none, or none any more. */
    @Nullable
    ProviderEventRow byId(String eventId) {
        return QuarkusTransaction.requiringNew()
                .call(() -> find("eventId", eventId).firstResult());
    }

    /**
     * Those before a place, the newest first.
     *
     * @param status null: any
     */
    List<ProviderEventRow> before(Instant time, String eventId, @Nullable EventStatus status, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> status == null
                        ? find("receivedAt <= ?1 and " + BEFORE + NEWEST_FIRST, time, eventId)
                                .page(0, most)
                                .list()
                        : find(
                                        "status = ?3 and receivedAt <= ?1 and " + BEFORE + NEWEST_FIRST,
                                        time,
                                        eventId,
                                        status.id())
                                .page(0, most)
                                .list());
    }
}
