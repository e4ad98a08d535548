package ai.mavster.credits.ledger.statement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads grants. Their ids are made in the order of time, so the newest come first by id. */
@Singleton
class GrantRepository implements PanacheRepositoryBase<GrantRow, GrantRow.Key> {

    /** The texts of each grant by its key: whatever the planner thinks of a table that it finds empty. */
    private static final String SELECT = """
            select g, t.reference, t.note, t.metadata
            from GrantRow g left join lateral (
                select x.reference as reference, x.note as note, x.metadata as metadata
                from PostingTextRow x where x.accountId = g.accountId and x.postingId = g.grantId order by x.postingId limit 1) t
            where g.accountId = :account""";

    private final Session session;

    GrantRepository(Session session) {
        this.session = session;
    }

    /** A grant, and what its caller wrote to it: the columns of {@link #SELECT}. */
    record Line(
            GrantRow grant,
            @Nullable String reference,
            @Nullable String note,
            @Nullable String metadata) {}

    List<Line> newestFirst(String accountId, @Nullable UUID before, int limit) {
        String page = before == null ? "" : " and g.grantId < :before";
        SelectionQuery<Line> query =
                session.createSelectionQuery(SELECT + page + " order by g.grantId desc", Line.class);
        query.setParameter("account", accountId);
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.setMaxResults(limit).getResultList();
    }
}
