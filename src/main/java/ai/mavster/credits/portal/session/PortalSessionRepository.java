package ai.mavster.credits.portal.session;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The sessions in the database. Each call is a transaction of its own. */
@ApplicationScoped
@Transactional
class PortalSessionRepository implements PanacheRepositoryBase<PortalSessionRow, PortalSessionRow.Key> {

    /** Which of some sessions are open then. */
    Set<UUID> open(Collection<PortalSession> sessions, Instant now) {
        return find(
                        "accountId in ?1 and sessionId in ?2 and endedAt is null and expiresAt > ?3",
                        sessions.stream().map(PortalSession::accountId).collect(Collectors.toSet()),
                        sessions.stream().map(PortalSession::sessionId).collect(Collectors.toSet()),
                        now)
                .stream()
                .map(row -> row.sessionId)
                .collect(Collectors.toSet());
    }

    void add(PortalSessionRow session) {
        persist(session);
    }

    /** The session of a cookie, if it is open then. */
    Optional<PortalSessionRow> open(SessionToken cookie, Instant now) {
        PortalSessionRow row = findById(new PortalSessionRow.Key(cookie.accountId(), cookie.sessionId()));
        return row != null
                        && row.endedAt == null
                        && row.cookieDigest != null
                        && row.expiresAt != null
                        && now.isBefore(row.expiresAt)
                        && MessageDigest.isEqual(row.cookieDigest, cookie.digest())
                ? Optional.of(row)
                : Optional.empty();
    }

    /**
     * Opens the session of a link, unless it was opened before, has ended, or came too late: decided by the database,
     * so that of two at once one is first.
     */
    Optional<PortalSessionRow> open(SessionToken link, SessionToken cookie, Instant now, Instant expiresAt) {
        int opened = update(
                "cookieDigest = ?1, openedAt = ?2, expiresAt = ?3 where accountId = ?4 and sessionId = ?5"
                        + " and linkDigest = ?6 and openedAt is null and endedAt is null and linkExpiresAt > ?2",
                cookie.digest(),
                now,
                expiresAt,
                link.accountId(),
                link.sessionId(),
                link.digest());
        return opened == 1
                ? findByIdOptional(new PortalSessionRow.Key(link.accountId(), link.sessionId()))
                : Optional.empty();
    }

    void end(String accountId, UUID sessionId, Instant now) {
        update("endedAt = ?1 where accountId = ?2 and sessionId = ?3 and endedAt is null", now, accountId, sessionId);
    }

    void endAll(String accountId, Instant now) {
        update("endedAt = ?1 where accountId = ?2 and endedAt is null", now, accountId);
    }
}
