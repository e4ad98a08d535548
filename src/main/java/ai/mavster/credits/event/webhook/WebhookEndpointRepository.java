package ai.mavster.credits.event.webhook;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The endpoints in the database; not those that were deleted. */
@Singleton
class WebhookEndpointRepository implements PanacheRepositoryBase<WebhookEndpoint, UUID> {

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Session session;

    WebhookEndpointRepository(Session session) {
        this.session = session;
    }

    List<WebhookEndpoint> newest(@Nullable UUID before, int limit) {
        return before == null
                ? find("deletedAt is null order by endpointId desc")
                        .page(0, limit)
                        .list()
                : find("deletedAt is null and endpointId < ?1 order by endpointId desc", before)
                        .page(0, limit)
                        .list();
    }

    @Nullable
    WebhookEndpoint existing(UUID endpointId) {
        return find("endpointId = ?1 and deletedAt is null", endpointId).firstResult();
    }

    /** The same, for changing it. */
    @Nullable
    WebhookEndpoint locked(UUID endpointId) {
        return find("endpointId = ?1 and deletedAt is null", endpointId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /**
     * Adds one.
     *
     * @throws RefusalException if there is no such account as it is for, and the transaction is to be rolled back
     */
    void add(WebhookEndpoint endpoint, @Nullable String accountId) {
        try {
            persistAndFlush(endpoint);
        } catch (ConstraintViolationException violation) {
            if (FOREIGN_KEY_VIOLATION.equals(violation.getSQLState())) {
                throw new RefusalException(Refusal.noSuchAccount(String.valueOf(accountId)));
            }
            throw violation;
        }
    }

    /**
     * What is waiting to be delivered to an endpoint.
     *
     * @param oldest since when; null: nothing is
     */
    record Waiting(UUID endpointId, long pending, @Nullable Instant oldest) {

        static Waiting none(UUID endpointId) {
            return new Waiting(endpointId, 0, null);
        }
    }

    /** By the endpoint; none of those that nothing waits for. */
    Map<UUID, Waiting> waiting(Collection<UUID> endpointIds) {
        return session
                .createSelectionQuery("""
                        select d.endpointId, count(d), min(d.createdAt) from WebhookDelivery d
                        where d.endpointId in :ids and d.status = 'pending' group by d.endpointId""", Waiting.class)
                .setParameterList("ids", endpointIds)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(Waiting::endpointId, Function.identity()));
    }

    /** Whatever waits for an endpoint has its turn now. */
    void hurry(UUID endpointId, Instant now) {
        session.createMutationQuery("""
                        update WebhookQueue q set q.dueAt = :now
                        where q.endpointId = :endpoint and q.claimedBy is null and q.dueAt > :now""")
                .setParameter("now", now)
                .setParameter("endpoint", endpointId)
                .executeUpdate();
    }

    /** There are few endpoints at all. */
    List<WebhookEndpoint> inTrouble(Instant failingBefore, int most) {
        return find(
                        "deletedAt is null and (disabledReason in ('gone', 'failing') or enabled and failingSince < ?1)"
                                + " order by endpointId",
                        failingBefore)
                .page(0, most)
                .list();
    }
}
