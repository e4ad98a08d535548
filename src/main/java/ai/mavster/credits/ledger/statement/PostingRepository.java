package ai.mavster.credits.ledger.statement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * Reads postings, by their ids: these are made in the order of time, and an id is never of an earlier time than its
 * posting.
 */
@Singleton
class PostingRepository implements PanacheRepositoryBase<PostingRow, PostingRow.Key> {

    /** How many postings are read for those that a filter is for. */
    static final int SEARCHED = 2_000;

    /** How far ids may be of a later time than their postings, because the clock of a process was set back. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private static final String WITHIN =
            " where p.accountId = :account and p.postingId > :after and p.postingId < :before";

    /** The texts and the amount of each by its key, and after it: whatever the planner thinks of empty tables. */
    private static final String SELECT = """
            select p, t.reference, t.note, t.metadata, g.amount, g.currency
            from PostingRow p left join lateral (
                select x.reference as reference, x.note as note, x.metadata as metadata from PostingTextRow x
                where p.textDigest is not null and x.accountId = p.accountId and x.postingId = p.postingId
                order by x.postingId limit 1) t
            left join lateral (
                select x.amount as amount, x.currency as currency from GrantRow x
                where x.accountId = p.accountId and x.grantId = p.postingId order by x.grantId limit 1) g""";

    private final Session session;

    PostingRepository(Session session) {
        this.session = session;
    }

    /** Oldest or newest first. */
    @Schema(name = "PostingOrder")
    enum Order {
        ASC,
        DESC
    }

    /**
     * A range of an account's postings; neither bound belongs to it.
     *
     * @param order in which it is read
     */
    record Range(UUID after, UUID before, Order order) {

        /** What follows a posting. */
        Range from(UUID postingId) {
            return order == Order.ASC ? new Range(postingId, before, order) : new Range(after, postingId, order);
        }

        private String inOrder() {
            return " order by p.postingId " + order;
        }
    }

    /** A posting with what its caller wrote to it, and what was paid: the columns of {@link #SELECT}. */
    record Line(
            PostingRow posting,
            @Nullable String reference,
            @Nullable String note,
            @Nullable String metadata,
            @Nullable BigDecimal amount,
            @Nullable String currency) {}

    /** One posting; null: there is none. */
    @Nullable
    Line line(String accountId, UUID postingId) {
        return session.createSelectionQuery(
                        SELECT + " where p.accountId = :account and p.postingId = :posting", Line.class)
                .setParameter("account", accountId)
                .setParameter("posting", postingId)
                .getSingleResultOrNull();
    }

    /** The first of those that give a debit back, or claim a grant and give back of it, oldest first. */
    List<Line> reversals(String accountId, UUID postingId, int limit) {
        return session.createSelectionQuery(
                        SELECT + " where p.accountId = :account and p.reverses = :posting order by p.postingId",
                        Line.class)
                .setParameter("account", accountId)
                .setParameter("posting", postingId)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Those of a run, newest first; by their own index. */
    List<Line> ofRun(String accountId, String runId, @Nullable UUID after, int limit) {
        return session.createSelectionQuery(
                        SELECT + " where p.accountId = :account and p.runId = :run and p.postingId < :before"
                                + " order by p.postingId desc",
                        Line.class)
                .setParameter("account", accountId)
                .setParameter("run", runId)
                .setParameter("before", after == null ? LAST : after)
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * Some postings.
     *
     * @param searchedTo the last one that was read, where not all were
     */
    record Part(List<Line> postings, @Nullable UUID searchedTo) {}

    /** Where the postings of a filter's time are. */
    Range range(String accountId, PostingFilter filter, Order order) {
        UUID after = filter.from() == null ? FIRST : idBefore(filter.from());
        UUID next = filter.to() == null ? null : firstMovedFrom(accountId, filter.to());
        UUID before = next == null
                ? LAST
                : idBefore(Instant.ofEpochMilli(next.getMostSignificantBits() >>> 16)
                        .plus(AHEAD));
        return new Range(after, before, order);
    }

    /** Before every id of an instant, and of the rest of its millisecond. */
    private static UUID idBefore(Instant instant) {
        return instant.isBefore(Instant.EPOCH) ? FIRST : new UUID(instant.toEpochMilli() << 16, 0);
    }

    /** The first posting at an instant or after it that moved credits; null: there is none. */
    private @Nullable UUID firstMovedFrom(String accountId, Instant instant) {
        return session.createNativeQuery(
                        SpentSince.LAST_BEFORE.formatted(":account", ":instant", ":account")
                                + " SELECT e.posting_id FROM start, LATERAL (SELECT posting_id FROM entry"
                                + " WHERE account_id = :account AND seq = start.seq + 1) e",
                        UUID.class)
                .setParameter("account", accountId)
                .setParameter("instant", instant)
                .getSingleResultOrNull();
    }

    /** Those of a range that match. A filter scans so many at a time. */
    Part page(String accountId, PostingFilter filter, Range range, int limit) {
        Map<String, Object> conditions = filter.conditions();
        UUID end = conditions.isEmpty() ? null : placeAt(accountId, range);
        StringBuilder hql = new StringBuilder(SELECT).append(WITHIN);
        if (end != null) {
            hql.append(range.order == Order.ASC ? " and p.postingId <= :end" : " and p.postingId >= :end");
        }
        conditions.keySet().forEach(condition -> hql.append(" and ").append(condition));
        SelectionQuery<Line> query = within(
                session.createSelectionQuery(hql.append(range.inOrder()).toString(), Line.class), accountId, range);
        if (end != null) {
            query.setParameter("end", end);
        }
        conditions.forEach((condition, value) -> {
            String name = condition.substring(condition.indexOf(':') + 1).replace(")", "");
            if (value instanceof Collection<?> values) {
                query.setParameterList(name, values);
            } else {
                query.setParameter(name, value);
            }
        });
        return new Part(query.setMaxResults(limit).getResultList(), end);
    }

    /** The posting that is as far down a range as is searched at a time; null: it is not as long. */
    private @Nullable UUID placeAt(String accountId, Range range) {
        return within(
                        session.createSelectionQuery(
                                "select p.postingId from PostingRow p" + WITHIN + range.inOrder(), UUID.class),
                        accountId,
                        range)
                .setFirstResult(SEARCHED - 1)
                .setMaxResults(1)
                .getSingleResultOrNull();
    }

    private static <R> SelectionQuery<R> within(SelectionQuery<R> query, String accountId, Range range) {
        return query.setParameter("account", accountId)
                .setParameter("after", range.after)
                .setParameter("before", range.before);
    }
}
