package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.posting.PublicId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads grants, open and past ones, with what is left of them. Their ids are made in the order of time, so the newest come first by id. */
@Singleton
public class GrantRepository implements PanacheRepositoryBase<GrantRow, GrantRow.Key> {

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

    /**
     * A grant as it is.
     *
     * @param remaining what is left now; nothing once it has expired
     * @param burnOrder its place in the order in which credits are spent, from 1; null once nothing is left, and for one
     *     that never expires and has dozens before it
     * @param seq the entry that posted it
     * @param note of one that was made by hand: the reason
     * @param amount what was paid for it in all, as far as known
     */
    public record Listed(
            UUID id,
            String kind,
            Credits credits,
            Credits remaining,
            @Nullable Instant expiresAt,
            @Nullable Integer burnOrder,
            Instant createdAt,
            long seq,
            @Nullable String reference,
            @Nullable String note,
            @Nullable Metadata metadata,
            @Nullable Money amount) {

        private static Listed of(Line line, AccountView account) {
            GrantRow row = line.grant();
            int rank = account.burnRank(row.grantId);
            Credits remaining = account.remaining(row.grantId);
            // Of those that never expire only the first in burn order are part of the account as it was read.
            Credits unread = row.expiresAt == null ? new Credits(row.remaining) : Credits.ZERO;
            return new Listed(
                    row.grantId,
                    row.kind,
                    new Credits(row.credits),
                    remaining == null ? unread : remaining,
                    row.expiresAt,
                    rank == 0 ? null : rank,
                    row.createdAt,
                    row.seq,
                    line.reference(),
                    line.note(),
                    Metadata.ofJson(line.metadata()),
                    row.amount == null || row.currency == null ? null : new Money(row.amount, row.currency));
        }

        /** As callers see it. */
        public String grantId() {
            return PublicId.GRANT.of(id);
        }
    }

    /**
     * The newest first.
     *
     * @param before the last one of the page before; null: from the newest
     */
    public List<Listed> newestFirst(AccountView account, @Nullable UUID before, int limit) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> lines(account.accountId(), before, limit).stream()
                        .map(line -> Listed.of(line, account))
                        .toList());
    }

    private List<Line> lines(String accountId, @Nullable UUID before, int limit) {
        String page = before == null ? "" : " and g.grantId < :before";
        SelectionQuery<Line> query =
                session.createSelectionQuery(SELECT + page + " order by g.grantId desc", Line.class);
        query.setParameter("account", accountId);
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.setMaxResults(limit).getResultList();
    }

    /** Empty: the account has no such grant. */
    public Optional<Listed> find(AccountView account, UUID grantId) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> session.createSelectionQuery(SELECT + " and g.grantId = :grant", Line.class)
                        .setParameter("account", account.accountId())
                        .setParameter("grant", grantId)
                        .uniqueResultOptional()
                        .map(line -> Listed.of(line, account)));
    }
}
