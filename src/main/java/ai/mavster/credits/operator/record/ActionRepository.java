package ai.mavster.credits.operator.record;

import ai.mavster.credits.Author;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.UuidV7;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The actions in the database. Each call is a transaction of its own. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class ActionRepository implements PanacheRepositoryBase<ActionRow, UUID> {

    /** Of two at once under one key the second waits for the first, and is the same. */
    private static final String BEGIN = """
            INSERT INTO operator_action AS present
                (action_id, begun_at, author_id, author_name, kind, account_id, target_id, reason, idempotency_key)
            VALUES (:id, :now, :authorId, :authorName, :kind, :account, :target, :reason, :key)
            ON CONFLICT (account_id, idempotency_key) DO UPDATE SET idempotency_key = present.idempotency_key
            RETURNING action_id""";

    private static final String AUTHORS =
            "select new ai.mavster.credits.operator.record.ActionAuthor(authorId, max(authorName))"
                    + " from ActionRow group by authorId order by max(authorName), authorId";

    /** Returns its id, which is that of an earlier one under the same key. */
    UUID begin(OperatorAction action, Author author, Instant now) {
        return getEntityManager()
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery(BEGIN, UUID.class)
                .setParameter("id", UuidV7.next(now))
                .setParameter("now", now)
                .setParameter("authorId", author.id())
                .setParameter("authorName", author.name())
                .setParameter("kind", EnumId.of(action.kind()))
                .setParameter("account", action.accountId(), String.class)
                .setParameter("target", action.targetId(), String.class)
                .setParameter("reason", action.reason(), String.class)
                .setParameter("key", action.idempotencyKey(), String.class)
                .getSingleResult();
    }

    /** It was done; what was known before is kept where nothing is said now. */
    void end(UUID actionId, @Nullable String accountId, @Nullable String targetId, Instant now) {
        update(
                "doneAt = coalesce(doneAt, ?1), accountId = coalesce(?2, accountId), targetId = coalesce(?3, targetId)"
                        + " where actionId = ?4",
                now,
                accountId,
                targetId,
                actionId);
    }

    /** It was refused; one that was done before stays. */
    void withdraw(UUID actionId) {
        delete("actionId = ?1 and doneAt is null", actionId);
    }

    List<ActionRow> newestFirst(
            @Nullable String accountId, @Nullable String authorId, @Nullable UUID before, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, Object> parameters = new HashMap<>();
        if (accountId != null) {
            conditions.add("accountId = :account");
            parameters.put("account", accountId);
        }
        if (authorId != null) {
            conditions.add("authorId = :author");
            parameters.put("author", authorId);
        }
        if (before != null) {
            conditions.add("actionId < :before");
            parameters.put("before", before);
        }
        return find(String.join(" and ", conditions) + " order by actionId desc", parameters)
                .page(0, limit)
                .list();
    }

    List<ActionAuthor> authors() {
        return getEntityManager().createQuery(AUTHORS, ActionAuthor.class).getResultList();
    }
}
