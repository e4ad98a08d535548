package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.ledger.posting.PostingKind;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads entries with their postings, newest first. */
@Singleton
class EntryRepository implements PanacheRepositoryBase<EntryRow, EntryRow.Key> {

    private static final int FETCH_SIZE = 1_000;

    private final Session session;

    EntryRepository(Session session) {
        this.session = session;
    }

    private static final String SELECT = """
            select e.seq, e.grantId, e.credits, e.balanceAfter, e.hash, p.postingId, p.kind, p.idempotencyKey, p.action, p.quantity,
                   p.workspaceId, p.projectId, p.testId, p.runId, p.reverses, p.note, p.occurredAt
            from EntryRow e join PostingRow p on p.accountId = e.accountId and p.postingId = e.postingId
            where e.accountId = :account""";

    /** An entry and why it was made: the columns of {@link #SELECT}. */
    record Line(
            long seq,
            UUID grantId,
            long credits,
            long balanceAfter,
            byte[] hash,
            UUID postingId,
            String kind,
            @Nullable String idempotencyKey,
            @Nullable String action,
            @Nullable BigDecimal quantity,
            @Nullable String workspaceId,
            @Nullable String projectId,
            @Nullable String testId,
            @Nullable String runId,
            @Nullable UUID reverses,
            @Nullable String note,
            Instant occurredAt) {}

    /** Which entries; null is any. {@code from} belongs to the range, {@code to} does not. */
    record Filter(
            @Nullable PostingKind kind,
            @Nullable String runId,
            @Nullable String projectId,
            @Nullable String workspaceId,
            @Nullable String testId,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant to) {

        private Map<String, Object> conditions() {
            Map<String, Object> conditions = new LinkedHashMap<>();
            put(conditions, "p.kind =", kind == null ? null : kind.id());
            put(conditions, "p.runId =", runId);
            put(conditions, "p.projectId =", projectId);
            put(conditions, "p.workspaceId =", workspaceId);
            put(conditions, "p.testId =", testId);
            put(conditions, "p.action =", action);
            put(conditions, "p.occurredAt >=", from);
            put(conditions, "p.occurredAt <", to);
            return conditions;
        }

        private static void put(Map<String, Object> conditions, String condition, @Nullable Object value) {
            if (value != null) {
                conditions.put(condition, value);
            }
        }
    }

    List<Line> page(String accountId, Filter filter, @Nullable Long beforeSeq, int limit) {
        return query(accountId, filter, beforeSeq).setMaxResults(limit).getResultList();
    }

    /** All of them, read from the database little by little. To be closed, within a transaction. */
    Stream<Line> all(String accountId, Filter filter) {
        // Between two portions the transaction is idle for as long as a slow reader likes; it locks nothing.
        session.createNativeMutationQuery("SET LOCAL idle_in_transaction_session_timeout = 0")
                .executeUpdate();
        return query(accountId, filter, null).setFetchSize(FETCH_SIZE).getResultStream();
    }

    private SelectionQuery<Line> query(String accountId, Filter filter, @Nullable Long beforeSeq) {
        Map<String, Object> conditions = filter.conditions();
        if (beforeSeq != null) {
            conditions.put("e.seq <", beforeSeq);
        }
        StringBuilder hql = new StringBuilder(SELECT);
        int number = 0;
        for (String condition : conditions.keySet()) {
            hql.append(" and ").append(condition).append(" :value").append(number++);
        }
        SelectionQuery<Line> query =
                session.createSelectionQuery(hql.append(" order by e.seq desc").toString(), Line.class);
        query.setParameter("account", accountId);
        number = 0;
        for (Object value : conditions.values()) {
            query.setParameter("value" + number++, value);
        }
        return query;
    }
}
