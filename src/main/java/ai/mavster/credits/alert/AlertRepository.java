package ai.mavster.credits.alert;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.ledger.posting.PublicId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads alerts. */
@Singleton
public class AlertRepository implements PanacheRepositoryBase<AlertRow, AlertRow.Key> {

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
    public record Asked(
            String accountId,
            List<AlertScope> scopes,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** An alert's place in the list. */
    public record Place(Instant at, UUID alertId) {

        /**
         * @param cursor null: the list's beginning
         */
        public static @Nullable Place of(Cursor.@Nullable Place cursor) {
            if (cursor == null) {
                return null;
            }
            UUID id = PublicId.uuid(cursor.ids().get(0));
            if (id == null) {
                throw new InvalidInput("cursor", "is not a cursor of this list");
            }
            return new Place(cursor.time(), id);
        }

        /** Of an alert's place. */
        public static String cursor(Alert alert) {
            return new Place(alert.at(), alert.alertId()).cursor();
        }

        private String cursor() {
            return Cursor.of(at, List.of(alertId.toString()));
        }
    }

    public List<Alert> newestFirst(Asked asked, @Nullable Place after, int limit) {
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
                .stream()
                .map(AlertRow::alert)
                .toList();
    }
}
