package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Postings and their entries, from and to the tables {@code posting} and {@code entry}. */
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
            .column(Column.text("action", posting -> posting.purpose().action()))
            .column(Column.numeric("quantity", posting -> posting.purpose().quantity()))
            .column(Column.text("workspace_id", posting -> posting.purpose().workspaceId()))
            .column(Column.text("project_id", posting -> posting.purpose().projectId()))
            .column(Column.text("test_id", posting -> posting.purpose().testId()))
            .column(Column.text("run_id", posting -> posting.purpose().runId()))
            .column(Column.uuid("reverses", Posting::reverses))
            .column(Column.text("note", Posting::note))
            .column(Column.instant("occurred_at", Posting::occurredAt))
            .column(Column.bigint("first_seq", Posting::firstSeq))
            .column(Column.bigint("entries", posting -> posting.entries().size()))
            .column(Column.bytes("hash", Posting::hash))
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

    private PostingTable() {}

    /**
     * The columns that {@link #read} takes, for a select list, and then how many entries it has, and its hash if it has
     * none.
     */
    public static String columns(String alias) {
        return POSTING.select(alias);
    }

    /** A posting without its entries; null where an outer join found none. */
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
                purpose(row),
                row.uuidOrNull(),
                row.textOrNull(),
                row.instant(),
                row.bigint(),
                List.of(),
                null);
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

    /** The same postings with their entries, read in a round trip of their own. */
    public static List<Posting> withEntries(Connection connection, RoundTrip reads, List<Posting> heads)
            throws SQLException {
        Map<UUID, List<Posting.Entry>> entries = new HashMap<>();
        ENTRIES.in(
                reads,
                heads,
                row -> entries.computeIfAbsent(row.uuid(), id -> new ArrayList<>())
                        .add(new Posting.Entry(row.bigint(), row.uuid(), row.credits(), row.credits(), row.bytes())));
        reads.run(connection);
        return heads.stream()
                .map(head -> head.withEntries(entries.getOrDefault(head.postingId(), List.of())))
                .toList();
    }

    public static void insert(RoundTrip writes, List<Posting> postings) {
        POSTING.insert(writes, postings);
        List<EntryOfPosting> rows = new ArrayList<>(postings.size());
        for (Posting posting : postings) {
            for (Posting.Entry entry : posting.entries()) {
                rows.add(new EntryOfPosting(posting, entry));
            }
        }
        ENTRY.insert(writes, rows);
    }
}
