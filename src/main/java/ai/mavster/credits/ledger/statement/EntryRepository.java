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
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads entries with their postings, newest first. */
@Singleton
class EntryRepository implements PanacheRepositoryBase<EntryRow, EntryRow.Key> {

    /**
     * How many entries are read for those of one kind, run, project, workspace, test or action. They have no
     * index, which each debit would have to write: so a caller that looks for few among many asks page by page.
     */
    static final int SEARCHED = 2_000;

    /**
     * The posting of each entry by its key, and after it, and so what else is kept of that: whatever the planner thinks of tables that it finds empty.
     */
    private static final String SELECT = """
            select e.seq, e.grantId, e.credits, e.balanceAfter, e.hash, b.hash, p.postingId, p.kind, p.idempotencyKey, k.fingerprint,
                   p.requested, p.credits, p.captured, p.balance, p.held, p.owed, p.firstSeq, p.entries, p.action, p.quantity,
                   p.workspaceId, p.projectId, p.testId, p.runId, p.reverses, p.authorType, p.authorId, p.authorName, p.occurredAt,
                   p.textDigest, p.hashVersion, t.reference, t.note, t.metadata, g.expiresAt, g.amount, g.currency
            from EntryRow e join lateral (
                select o.postingId as postingId, o.kind as kind, o.idempotencyKey as idempotencyKey, o.action as action,
                       o.quantity as quantity, o.workspaceId as workspaceId, o.projectId as projectId, o.testId as testId,
                       o.runId as runId, o.reverses as reverses, o.occurredAt as occurredAt, o.requested as requested,
                       o.credits as credits, o.captured as captured, o.balance as balance, o.held as held, o.owed as owed, o.firstSeq as firstSeq,
                       o.entries as entries, o.authorType as authorType, o.authorId as authorId, o.authorName as authorName,
                       o.textDigest as textDigest, o.hashVersion as hashVersion
                from PostingRow o where o.accountId = e.accountId and o.postingId = e.postingId order by o.postingId limit 1) p
            left join lateral (
                select x.hash as hash from EntryRow x
                where x.accountId = e.accountId and x.seq = e.seq - 1 order by x.seq limit 1) b
            left join lateral (
                select x.fingerprint as fingerprint from KeyRow x
                where x.accountId = e.accountId and x.idempotencyKey = p.idempotencyKey order by x.idempotencyKey limit 1) k
            left join lateral (
                select x.reference as reference, x.note as note, x.metadata as metadata from PostingTextRow x
                where p.textDigest is not null and x.accountId = e.accountId and x.postingId = p.postingId
                order by x.postingId limit 1) t
            left join lateral (
                select x.expiresAt as expiresAt, x.amount as amount, x.currency as currency from GrantRow x
                where e.grantId = p.postingId and x.accountId = e.accountId and x.grantId = e.grantId
                order by x.grantId limit 1) g
            where e.accountId = :account and e.seq >= :from and e.seq < :before""";

    private final Session session;

    EntryRepository(Session session) {
        this.session = session;
    }

    /** An entry and why it was made: the columns of {@link #SELECT}. */
    record Line(
            long seq,
            UUID grantId,
            long credits,
            long balanceAfter,
            byte[] hash,
            byte @Nullable [] previousHash,
            UUID postingId,
            String kind,
            @Nullable String idempotencyKey,
            byte @Nullable [] fingerprint,
            long requested,
            long posted,
            long captured,
            long balance,
            long held,
            long owed,
            long firstSeq,
            int entries,
            @Nullable String action,
            @Nullable BigDecimal quantity,
            @Nullable String workspaceId,
            @Nullable String projectId,
            @Nullable String testId,
            @Nullable String runId,
            @Nullable UUID reverses,
            String authorType,
            String authorId,
            String authorName,
            Instant occurredAt,
            byte @Nullable [] textDigest,
            int hashVersion,
            @Nullable String reference,
            @Nullable String note,
            @Nullable String metadata,
            @Nullable Instant expiresAt,
            @Nullable BigDecimal amount,
            @Nullable String currency) {}

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
            return conditions;
        }

        /** Whether it takes looking at entries that are not among those it is for. */
        boolean isSearch() {
            return !conditions().isEmpty();
        }

        private static void put(Map<String, Object> conditions, String condition, @Nullable Object value) {
            if (value != null) {
                conditions.put(condition, value);
            }
        }
    }

    /**
     * Places in an account.
     *
     * @param from the first of them
     * @param before the one after the last
     */
    record Range(long from, long before) {

        /** The newest of them, so many at most. */
        Range newest(int most) {
            return new Range(Math.max(from, before - most), before);
        }

        /** Those that are older than in another. */
        Range olderThan(Range other) {
            return new Range(from, other.from);
        }

        boolean isEmpty() {
            return from >= before;
        }
    }

    /** Where the entries of a time are, for times follow the order of entries. */
    Range range(String accountId, Filter filter, @Nullable Long beforeSeq) {
        long before = beforeSeq == null ? Long.MAX_VALUE : beforeSeq;
        if (filter.to != null) {
            before = Math.min(before, lastBefore(accountId, filter.to) + 1);
        } else if (beforeSeq == null) {
            before = head(accountId) + 1;
        }
        return new Range(filter.from == null ? 1 : lastBefore(accountId, filter.from) + 1, before);
    }

    private long head(String accountId) {
        Long head = session.createSelectionQuery(
                        "select max(e.seq) from EntryRow e where e.accountId = :account", Long.class)
                .setParameter("account", accountId)
                .getSingleResultOrNull();
        return head == null ? 0 : head;
    }

    private long lastBefore(String accountId, Instant instant) {
        return session.createNativeQuery(
                        SpentSince.LAST_BEFORE.formatted(":account", ":instant", ":account") + " SELECT seq FROM start",
                        Long.class)
                .setParameter("account", accountId)
                .setParameter("instant", instant)
                .getSingleResult();
    }

    /** Those of a range that match, newest first. */
    List<Line> page(String accountId, Filter filter, Range range, int limit) {
        Map<String, Object> conditions = filter.conditions();
        StringBuilder hql = new StringBuilder(SELECT);
        int number = 0;
        for (String condition : conditions.keySet()) {
            hql.append(" and ").append(condition).append(" :value").append(number++);
        }
        SelectionQuery<Line> query =
                session.createSelectionQuery(hql.append(" order by e.seq desc").toString(), Line.class);
        query.setParameter("account", accountId);
        query.setParameter("from", range.from);
        query.setParameter("before", range.before);
        number = 0;
        for (Object value : conditions.values()) {
            query.setParameter("value" + number++, value);
        }
        return query.setMaxResults(limit).getResultList();
    }
}
