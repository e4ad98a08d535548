package ai.mavster.credits.alert;

import ai.mavster.credits.http.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads alerts. */
@Singleton
class AlertRepository implements PanacheRepositoryBase<AlertRow, AlertRow.Key> {

    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final UUID LAST = new UUID(-1L, -1L);

    private static final String OF_ACCOUNT =
            "accountId = :account and scope in :scopes and toldAt >= :from and toldAt < :to and (toldAt, alertId) < (:at, :id)";

    /**
     * Which alerts of an account.
     *
     * @param scopes any of these; none: all
     * @param from belongs to it, {@code to} does not; null: any time
     */
    record Asked(
            String accountId,
            List<AlertScope> scopes,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** An alert's place in the list. */
    record Place(Instant at, UUID alertId) {

        static Place of(AlertRow row) {
            return new Place(row.toldAt, row.alertId);
        }

        String cursor() {
            return Cursor.of(at, List.of(alertId.toString()));
        }
    }

    List<AlertRow> newestFirst(Asked asked, @Nullable Place after, int limit) {
        List<AlertScope> scopes = asked.scopes.isEmpty() ? List.of(AlertScope.values()) : asked.scopes;
        return find(
                        OF_ACCOUNT + " order by toldAt desc, alertId desc",
                        Map.of(
                                "account",
                                asked.accountId,
                                "scopes",
                                scopes.stream().map(AlertScope::id).toList(),
                                "from",
                                asked.from == null ? BEGINNING : asked.from,
                                "to",
                                asked.to == null ? END : asked.to,
                                "at",
                                after == null ? END : after.at,
                                "id",
                                after == null ? LAST : after.alertId))
                .page(0, limit)
                .list();
    }
}
