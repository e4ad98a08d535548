package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Postings and their entries, from and to the tables {@code posting} and {@code entry}. */
final class Postings {

    static final String COLUMNS = """
            SELECT p.account_id, p.posting_id, p.kind, p.idempotency_key, p.fingerprint, p.requested, p.credits, p.balance, p.held,
                   p.action, p.quantity, p.workspace_id, p.project_id, p.test_id, p.run_id, p.reverses, p.note, p.occurred_at,
                   p.first_seq, p.entries""";

    private Postings() {}

    /** A row of {@link #COLUMNS}; without its entries. */
    static Posting posting(ResultSet row) throws SQLException {
        return new Posting(
                row.getString(1),
                row.getObject(2, UUID.class),
                PostingKind.of(row.getString(3)),
                row.getString(4),
                row.getBytes(5),
                new Credits(row.getLong(6)),
                new Credits(row.getLong(7)),
                new Credits(row.getLong(8)),
                new Credits(row.getLong(9)),
                purpose(row, 10),
                row.getObject(16, UUID.class),
                row.getString(17),
                Objects.requireNonNull(LedgerStore.instant(row, 18)),
                row.getLong(19),
                List.of());
    }

    static Purpose purpose(ResultSet row, int from) throws SQLException {
        return new Purpose(
                row.getString(from),
                row.getBigDecimal(from + 1),
                row.getString(from + 2),
                row.getString(from + 3),
                row.getString(from + 4),
                row.getString(from + 5));
    }

    static List<Posting> withEntries(Connection connection, List<Posting> heads) throws SQLException {
        if (heads.isEmpty()) {
            return heads;
        }
        Map<UUID, List<Posting.Entry>> entries = new HashMap<>();
        new RoundTrip()
                .query(
                        """
                        SELECT e.posting_id, e.seq, e.grant_id, e.credits, e.balance_after, e.hash
                        FROM unnest(?::text[], ?::uuid[]) AS k (account_id, posting_id)
                        JOIN posting p USING (account_id, posting_id)
                        JOIN entry e ON e.account_id = p.account_id AND e.seq BETWEEN p.first_seq AND p.first_seq + p.entries - 1
                        ORDER BY e.seq""",
                        List.of(Column.text(heads, Posting::accountId), Column.uuid(heads, Posting::postingId)),
                        row -> entries.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                                .add(new Posting.Entry(
                                        row.getLong(2),
                                        row.getObject(3, UUID.class),
                                        new Credits(row.getLong(4)),
                                        new Credits(row.getLong(5)),
                                        row.getBytes(6))))
                .run(connection);
        return heads.stream()
                .map(head -> head.withEntries(entries.getOrDefault(head.postingId(), List.of())))
                .toList();
    }

    static void insert(RoundTrip writes, List<Posting> postings) {
        writes.write(
                """
                INSERT INTO posting (account_id, posting_id, kind, idempotency_key, fingerprint, requested, credits, balance, held,
                                     first_seq, entries, action, quantity, workspace_id, project_id, test_id, run_id, reverses, note,
                                     occurred_at)
                SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::bytea[], ?::bigint[], ?::bigint[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::uuid[], ?::text[], ?::timestamptz[])""",
                List.of(
                        Column.text(postings, Posting::accountId),
                        Column.uuid(postings, Posting::postingId),
                        Column.text(postings, posting -> posting.kind().id()),
                        Column.text(postings, Posting::idempotencyKey),
                        Column.bytes(postings, Posting::fingerprint),
                        Column.credits(postings, Posting::requested),
                        Column.credits(postings, Posting::credits),
                        Column.credits(postings, Posting::balance),
                        Column.credits(postings, Posting::held),
                        Column.bigint(postings, Posting::firstSeq),
                        Column.bigint(postings, posting -> posting.entries().size()),
                        Column.text(postings, posting -> posting.purpose().action()),
                        Column.numeric(postings, posting -> posting.purpose().quantity()),
                        Column.text(postings, posting -> posting.purpose().workspaceId()),
                        Column.text(postings, posting -> posting.purpose().projectId()),
                        Column.text(postings, posting -> posting.purpose().testId()),
                        Column.text(postings, posting -> posting.purpose().runId()),
                        Column.uuid(postings, Posting::reverses),
                        Column.text(postings, Posting::note),
                        Column.instant(postings, Posting::occurredAt)),
                postings.size());
        insertEntries(writes, postings);
    }

    private record Row(Posting posting, Posting.Entry entry) {}

    private static void insertEntries(RoundTrip writes, List<Posting> postings) {
        List<Row> rows = new ArrayList<>(postings.size());
        for (Posting posting : postings) {
            for (Posting.Entry entry : posting.entries()) {
                rows.add(new Row(posting, entry));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        writes.write(
                """
                INSERT INTO entry (account_id, seq, posting_id, grant_id, credits, balance_after, hash)
                SELECT * FROM unnest(?::text[], ?::bigint[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[])""",
                List.of(
                        Column.text(rows, row -> row.posting().accountId()),
                        Column.bigint(rows, row -> row.entry().seq()),
                        Column.uuid(rows, row -> row.posting().postingId()),
                        Column.uuid(rows, row -> row.entry().grantId()),
                        Column.credits(rows, row -> row.entry().credits()),
                        Column.credits(rows, row -> row.entry().balanceAfter()),
                        Column.bytes(rows, row -> row.entry().hash())),
                rows.size());
    }
}
