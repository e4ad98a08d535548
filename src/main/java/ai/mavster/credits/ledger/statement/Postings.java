package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.PublicId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** An account's postings, part by part, or a single one with all that the ledger itself knows of it. */
@Singleton
public class Postings {

    /** How many reversals of a debit are listed. */
    private static final int MOST_REVERSALS = 100;

    private final PostingRepository postings;
    private final GrantRepository grants;
    private final EntryRepository entries;
    private final Session session;

    Postings(PostingRepository postings, GrantRepository grants, EntryRepository entries, Session session) {
        this.postings = postings;
        this.grants = grants;
        this.entries = entries;
        this.session = session;
    }

    /**
     * Some postings, newest first.
     *
     * @param next after which there may be more; null: these are the last
     */
    public record Part(
            List<PostingAnswer> postings, @Nullable UUID next) {}

    /** Those that match, in the caller's transaction: a filter reads so many postings at a time, and may find none of them. */
    public Part newestFirst(String accountId, PostingFilter filter, @Nullable UUID after, int limit) {
        PostingRepository.Range all = postings.range(accountId, filter, PostingRepository.Order.DESC);
        PostingRepository.Part part =
                postings.page(accountId, filter, after == null ? all : all.from(after), limit + 1);
        return part(part.postings(), limit, part.searchedTo());
    }

    /** Those of a run, in the caller's transaction. */
    public Part ofRun(String accountId, String runId, @Nullable UUID after, int limit) {
        return part(postings.ofRun(accountId, runId, after, limit + 1), limit, null);
    }

    private static Part part(List<PostingRepository.Line> lines, int limit, @Nullable UUID searchedTo) {
        List<PostingAnswer> found =
                lines.stream().limit(limit).map(PostingAnswer::of).toList();
        return new Part(found, lines.size() > limit ? lines.get(limit - 1).posting().postingId : searchedTo);
    }

    /** The columns of {@link #lines}. */
    public static List<String> header() {
        return PostingPages.HEADER;
    }

    /** All that match, newest first. */
    public CsvStreams.Pages lines(String accountId, PostingFilter filter) {
        PostingRepository.Range all = QuarkusTransaction.requiringNew()
                .call(() -> postings.range(accountId, filter, PostingRepository.Order.DESC));
        return new PostingPages(postings, accountId, filter, all);
    }

    /**
     * A posting, and what hangs on it.
     *
     * @param captured how much of a debit was drawn on holds
     * @param grants what it moved of which grants, in the order in which it did
     * @param reversed how much of a debit was given back
     * @param reversals the first hundred postings that gave a debit back, or clawed a grant back and reinstated it,
     *     oldest first
     * @param reverses the debit that it gives back, or what opened the grant that it claims or gives back of; null: it
     *     is no such correction
     */
    public record PostingDetail(
            PostingAnswer posting,
            Credits captured,
            List<GrantMoved> grants,
            Credits reversed,
            List<PostingAnswer> reversals,
            @Nullable PostingAnswer reverses,
            PlaceInChain chain) {}

    /** What a posting moved of one grant. */
    @Schema(name = "GrantMoved")
    public record GrantMoved(
            @Schema(description = "The entry's place in the account.")
            long seq,

            String grantId,

            @Schema(
                    examples = "monthly",
                    enumeration = {"monthly", "promotional", "adjustment", "top_up"})
            String kind,

            @Schema(description = "Signed: what was drawn is negative.", examples = "-12.5")
            Credits credits,

            @Schema(description = "When the grant's credits expire; null: never.") @Nullable
            Instant expiresAt,

            @Schema(description = "What was paid for the whole grant, as far as known.") @Nullable
            Money amount) {}

    /** Where a posting stands in the account's chain of entries. */
    @Schema(name = "PlaceInChain")
    public record PlaceInChain(
            @Schema(
                    description =
                            "The place of its first entry; of a posting that moved nothing, the place that the next entry gets.")
            long firstSeq,

            @Schema(description = "How many entries it has.")
            int entries,

            @Schema(description = "SHA-256 of its last entry, or of itself if it has none, in hexadecimal.")
            String hash,

            @Schema(description = "The hash that its own hangs on; 64 zeros at the start of the chain.")
            String previousHash) {}

    /** In the caller's transaction; empty: the account has no such posting. */
    public Optional<PostingDetail> find(String accountId, String publicId) {
        UUID postingId = PostingKind.parseId(publicId);
        PostingRepository.Line line = postingId == null ? null : postings.line(accountId, postingId);
        if (line == null) {
            return Optional.empty();
        }
        PostingAnswer posting = PostingAnswer.of(line);
        return posting.id().equals(publicId) ? Optional.of(detail(line.posting(), posting)) : Optional.empty();
    }

    private PostingDetail detail(PostingRow row, PostingAnswer posting) {
        List<EntryRow> moved = entries(row);
        return new PostingDetail(
                posting,
                new Credits(row.captured),
                grants(row.accountId, moved),
                reversed(row),
                reversals(row),
                row.reverses == null ? null : reversed(row.accountId, row.reverses),
                chain(row, moved));
    }

    private @Nullable PostingAnswer reversed(String accountId, UUID postingId) {
        PostingRepository.Line line = postings.line(accountId, postingId);
        return line == null ? null : PostingAnswer.of(line);
    }

    private List<EntryRow> entries(PostingRow row) {
        return entries.find(
                        "accountId = ?1 and seq >= ?2 and seq < ?3 order by seq",
                        row.accountId,
                        row.firstSeq,
                        row.firstSeq + row.entries)
                .list();
    }

    private List<GrantMoved> grants(String accountId, List<EntryRow> moved) {
        List<UUID> ids = moved.stream().map(entry -> entry.grantId).distinct().toList();
        Map<UUID, GrantRow> found = ids.isEmpty()
                ? Map.of()
                : grants.find("accountId = ?1 and grantId in ?2", accountId, ids).stream()
                        .collect(Collectors.toMap(grant -> grant.grantId, Function.identity()));
        return moved.stream()
                .map(entry -> grantMoved(entry, found.get(entry.grantId)))
                .toList();
    }

    private static GrantMoved grantMoved(EntryRow entry, @Nullable GrantRow grant) {
        if (grant == null) {
            throw new IllegalStateException("Entry " + entry.seq + " is of no grant");
        }
        return new GrantMoved(
                entry.seq,
                PublicId.GRANT.of(entry.grantId),
                grant.kind,
                new Credits(entry.credits),
                grant.expiresAt,
                grant.amount == null || grant.currency == null ? null : new Money(grant.amount, grant.currency));
    }

    private Credits reversed(PostingRow row) {
        return row.kind.equals(PostingKind.DEBIT.id())
                ? new Credits(session.createSelectionQuery(
                                "select coalesce(sum(p.credits), 0) from PostingRow p"
                                        + " where p.accountId = :account and p.reverses = :debit",
                                Long.class)
                        .setParameter("account", row.accountId)
                        .setParameter("debit", row.postingId)
                        .getSingleResult())
                : Credits.ZERO;
    }

    private List<PostingAnswer> reversals(PostingRow row) {
        return postings.reversals(row.accountId, row.postingId, MOST_REVERSALS).stream()
                .map(PostingAnswer::of)
                .toList();
    }

    private PlaceInChain chain(PostingRow row, List<EntryRow> moved) {
        EntryRow before = entries.findById(new EntryRow.Key(row.accountId, row.firstSeq - 1));
        byte[] hash = moved.isEmpty() ? row.hash : moved.get(moved.size() - 1).hash;
        if (hash == null) {
            throw new IllegalStateException("Posting " + row.postingId + " has neither entries nor a hash");
        }
        return new PlaceInChain(
                row.firstSeq,
                row.entries,
                HexFormat.of().formatHex(hash),
                HexFormat.of().formatHex(before == null ? HashChain.genesis() : before.hash));
    }
}
