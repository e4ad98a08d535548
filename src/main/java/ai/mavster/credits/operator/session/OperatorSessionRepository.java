package ai.mavster.credits.operator.session;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The sessions in the database. Each call is a transaction of its own. */
@ApplicationScoped
@Transactional
class OperatorSessionRepository implements PanacheRepositoryBase<OperatorSessionRow, UUID> {

    /** Adds one, and takes away those that have ended: there are as many as operators have signed in. */
    void add(OperatorSessionRow session) {
        delete("expiresAt <= ?1", session.createdAt);
        persist(session);
    }

    /** One that is open then. */
    Optional<OperatorSessionRow> open(UUID sessionId, Instant now) {
        return find("sessionId = ?1 and endedAt is null and expiresAt > ?2", sessionId, now)
                .firstResultOptional();
    }

    void end(UUID sessionId, Instant now) {
        update("endedAt = ?1 where sessionId = ?2 and endedAt is null", now, sessionId);
    }
}
