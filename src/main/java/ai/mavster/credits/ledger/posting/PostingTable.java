package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Author;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Postings with their texts and entries, from and to the tables {@code posting}, {@code posting_text} and {@code entry}. */
public final class PostingTable {

    private static final Table<Posting> POSTING = Table.<Posting>named("posting")
            .key(Column.text("account_id", Posting::accountId))
            .key(Column.uuid("posting_id", Posting::postingId))
            .column(Column.text("kind", posting -> posting.kind().id()))
            .column(Column.text("idempotency_key", Posting::idempotencyKey))
            .column(Column.credits("requested", Posting::requested))
            .column(Column.credits("credits", Posting::credits))
            .column(Column.credits("captured", Posting::captured))
            .column(Column.credits("balance", Posting::balance))
            .column(Column.credits("held", Posting::held))
            .column(Column.credits("owed", Posting::owed))
            .column(Column.text("action", posting -> posting.purpose().action()))
            .column(Column.numeric("quantity", posting -> posting.purpose().quantity()))
            .column(Column.text("workspace_id", posting -> posting.purpose().workspaceId()))
            .column(Column.text("project_id", posting -> posting.purpose().projectId()))
            .column(Column.text("test_id", posting -> posting.purpose().testId()))
            .column(Column.text("run_id", posting -> posting.purpose().runId()))
            .column(Column.uuid("reverses", Posting::reverses))
            .column(Column.text(
                    "author_type", posting -> posting.author().type().id()))
            .column(Column.text("author_id", posting -> posting.author().id()))
            .column(Column.text("author_name", posting -> posting.author().name()))
            .column(Column.bytes("text_digest", Posting::textDigest))
            .column(Column.instant("occurred_at", Posting::occurredAt))
            .column(Column.bigint("first_seq", Posting::firstSeq))
            .column(Column.bigint("hash_version", Posting::hashVersion))
            .column(Column.bigint("entries", posting -> posting.entries().size()))
            .column(Column.bytes("hash", Posting::hash))
            .declared();

    private static final Table<Posting> TEXT = Table.<Posting>named("posting_text")
            .key(Column.text("account_id", Posting::accountId))
            .key(Column.uuid("posting_id", Posting::postingId))
            .column(Column.text("reference", posting -> posting.texts().reference()))
            .column(Column.text("note", posting -> posting.texts().note()))
            .column(Column.metadata("metadata", posting -> posting.texts().metadata()))
            .declared();

    private record EntryOfPosting(Posting posting, Posting.Entry entry) {}

    private static final Table<EntryOfPosting> ENTRY = Table.<EntryOfPosting>named("entry")
            .key(Column.text("account_id", row -> row.posting().accountId()))
            .key(Column.bigint("seq", row -> row.entry().seq()))
            .column(Column.uuid("posting_id", row -> row.posting().postingId()))
            .column(Column.uuid("grant_id", row -> row.entry().grantId()))
            .column(Column.credits("credits", row -> row.entry().credits()))
            .column(Column.credits("balance_after", row -> row.entry().balanceAfter()))
            .column(Column.bytes("hash", row -> row.entry().hash()))
            .declared();

    private static final Lookup<Posting> ENTRIES = Lookup.by(
            List.of(Column.text("account_id", Posting::accountId), Column.uuid("posting_id", Posting::postingId)),
            keys -> """
                    SELECT e.posting_id, e.seq, e.grant_id, e.credits, e.balance_after, e.hash
                    FROM %s
                    JOIN posting p ON p.account_id = %s AND p.posting_id = k.posting_id
                    JOIN entry e ON e.account_id = p.account_id AND e.seq BETWEEN p.first_seq AND p.first_seq + p.entries - 1
                    ORDER BY e.seq""".formatted(keys.rows(), keys.account()));

    /** What is kept of a posting beside it: its texts, and what was paid for a grant. */
    private record Beside(Texts texts, @Nullable Money amount) {
        private static final Beside NOTHING = new Beside(Texts.NONE, null);
    }

    private static final Lookup<Posting> BESIDE = Lookup.by(
            List.of(Column.text("account_id", Posting::accountId), Column.uuid("posting_id", Posting::postingId)),
            keys -> """
                    SELECT k.posting_id, t.reference, t.note, t.metadata, g.amount, g.currency
                    FROM %s
                    LEFT JOIN posting_text t ON t.account_id = %s AND t.posting_id = k.posting_id
                    LEFT JOIN credit_grant g ON g.account_id = %s AND g.grant_id = k.posting_id
                    WHERE t.posting_id IS NOT NULL OR g.amount IS NOT NULL""".formatted(keys.rows(), keys.account(), keys.account()));

    private PostingTable() {}

    /**
     * The columns that {@link #read} takes, for a select list, and then how many entries it has, and its hash if it has
     * none.
     */
    public static String columns(String alias) {
        return POSTING.select(alias);
    }

    /** A posting without its entries, its texts and what was paid for it; null where an outer join found none. */
    public static @Nullable Posting read(Row row) throws SQLException {
        String accountId = row.textOrNull();
        if (accountId == null) {
            return null;
        }
        return new Posting(
                accountId,
                row.uuid(),
                EnumId.parse(PostingKind.class, row.text()),
                row.textOrNull(),
                row.credits(),
                row.credits(),
                row.credits(),
                row.credits(),
                row.credits(),
                row.credits(),
                purpose(row),
                row.uuidOrNull(),
                new Author(EnumId.parse(Author.Type.class, row.text()), row.text(), row.text()),
                Texts.NONE,
                row.bytesOrNull(),
                null,
                row.instant(),
                row.bigint(),
                List.of(),
                row.integer(),
                null);
    }

    /** Reference, note and metadata; none where an outer join found no row. */
    public static Texts texts(Row row) throws SQLException {
        Texts texts = new Texts(row.textOrNull(), row.textOrNull(), row.metadataOrNull());
        return texts.isEmpty() ? Texts.NONE : texts;
    }

    /** Amount and currency. */
    public static @Nullable Money money(Row row) throws SQLException {
        BigDecimal amount = row.numericOrNull();
        String currency = row.textOrNull();
        return amount == null || currency == null ? null : new Money(amount, currency);
    }

    /** Action, quantity, workspace, project, test and run. */
    public static Purpose purpose(Row row) throws SQLException {
        return new Purpose(
                row.textOrNull(),
                row.numericOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull());
    }

    /** The same postings whole, read in a round trip of their own. */
    public static List<Posting> whole(Connection connection, RoundTrip reads, List<Posting> heads) throws SQLException {
        Map<UUID, List<Posting.Entry>> entries = new HashMap<>();
        ENTRIES.in(
                reads,
                heads,
                row -> entries.computeIfAbsent(row.uuid(), id -> new ArrayList<>())
                        .add(new Posting.Entry(row.bigint(), row.uuid(), row.credits(), row.credits(), row.bytes())));
        Map<UUID, Beside> beside = new HashMap<>();
        BESIDE.in(reads, heads, row -> beside.put(row.uuid(), new Beside(texts(row), money(row))));
        reads.run(connection);
        return heads.stream()
                .map(head -> {
                    Beside of = beside.getOrDefault(head.postingId(), Beside.NOTHING);
                    return head.withEntries(entries.getOrDefault(head.postingId(), List.of()))
                            .with(of.texts, of.amount);
                })
                .toList();
    }

    public static void insert(RoundTrip writes, List<Posting> postings) {
        POSTING.insert(writes, postings);
        List<Posting> withTexts = new ArrayList<>(0);
        List<EntryOfPosting> rows = new ArrayList<>(postings.size());
        for (Posting posting : postings) {
            if (posting.textDigest() != null) {
                withTexts.add(posting);
            }
            for (Posting.Entry entry : posting.entries()) {
                rows.add(new EntryOfPosting(posting, entry));
            }
        }
        TEXT.insert(writes, withTexts);
        ENTRY.insert(writes, rows);
    }
}
