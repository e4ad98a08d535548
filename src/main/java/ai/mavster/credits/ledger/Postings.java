package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

    /**
     * Runs a query for {@link #COLUMNS}, and one for the entries of what it found.
     */
    static List<Posting> read(Connection connection, PreparedStatement query) throws SQLException {
        List<Posting> heads = new ArrayList<>();
        ResultSet row = query.executeQuery();
        while (row.next()) {
            heads.add(posting(row));
        }
        return heads.isEmpty() ? heads : withEntries(connection, heads);
    }

    private static Posting posting(ResultSet row) throws SQLException {
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

    private static List<Posting> withEntries(Connection connection, List<Posting> heads) throws SQLException {
        Map<UUID, List<Posting.Entry>> entries = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT e.posting_id, e.seq, e.grant_id, e.credits, e.balance_after, e.hash
                FROM unnest(?::text[], ?::uuid[]) AS k (account_id, posting_id)
                JOIN posting p USING (account_id, posting_id)
                JOIN entry e ON e.account_id = p.account_id AND e.seq BETWEEN p.first_seq AND p.first_seq + p.entries - 1
                ORDER BY e.seq""")) {
            statement.setArray(1, Columns.text(connection, heads, Posting::accountId));
            statement.setArray(2, Columns.uuid(connection, heads, Posting::postingId));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                entries.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                        .add(new Posting.Entry(
                                row.getLong(2),
                                row.getObject(3, UUID.class),
                                new Credits(row.getLong(4)),
                                new Credits(row.getLong(5)),
                                row.getBytes(6)));
            }
        }
        return heads.stream()
                .map(head -> head.withEntries(entries.getOrDefault(head.postingId(), List.of())))
                .toList();
    }

    static void insert(Connection connection, List<Posting> postings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO posting (account_id, posting_id, kind, idempotency_key, fingerprint, requested, credits, balance, held,
                                     first_seq, entries, action, quantity, workspace_id, project_id, test_id, run_id, reverses, note,
                                     occurred_at)
                SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::bytea[], ?::bigint[], ?::bigint[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::uuid[], ?::text[], ?::timestamptz[])""")) {
            statement.setArray(1, Columns.text(connection, postings, Posting::accountId));
            statement.setArray(2, Columns.uuid(connection, postings, Posting::postingId));
            statement.setArray(
                    3, Columns.text(connection, postings, p -> p.kind().id()));
            statement.setArray(4, Columns.text(connection, postings, Posting::idempotencyKey));
            statement.setArray(5, Columns.bytes(connection, postings, Posting::fingerprint));
            statement.setArray(
                    6, Columns.bigint(connection, postings, p -> p.requested().millionths()));
            statement.setArray(
                    7, Columns.bigint(connection, postings, p -> p.credits().millionths()));
            statement.setArray(
                    8, Columns.bigint(connection, postings, p -> p.balance().millionths()));
            statement.setArray(
                    9, Columns.bigint(connection, postings, p -> p.held().millionths()));
            statement.setArray(10, Columns.bigint(connection, postings, Posting::firstSeq));
            statement.setArray(
                    11, Columns.bigint(connection, postings, p -> p.entries().size()));
            statement.setArray(
                    12, Columns.text(connection, postings, p -> p.purpose().action()));
            statement.setArray(
                    13, Columns.numeric(connection, postings, p -> p.purpose().quantity()));
            statement.setArray(
                    14, Columns.text(connection, postings, p -> p.purpose().workspaceId()));
            statement.setArray(
                    15, Columns.text(connection, postings, p -> p.purpose().projectId()));
            statement.setArray(
                    16, Columns.text(connection, postings, p -> p.purpose().testId()));
            statement.setArray(
                    17, Columns.text(connection, postings, p -> p.purpose().runId()));
            statement.setArray(18, Columns.uuid(connection, postings, Posting::reverses));
            statement.setArray(19, Columns.text(connection, postings, Posting::note));
            statement.setArray(20, Columns.instant(connection, postings, Posting::occurredAt));
            statement.executeUpdate();
        }
        insertEntries(connection, postings);
    }

    private record Row(Posting posting, Posting.Entry entry) {}

    private static void insertEntries(Connection connection, List<Posting> postings) throws SQLException {
        List<Row> rows = new ArrayList<>(postings.size());
        for (Posting posting : postings) {
            for (Posting.Entry entry : posting.entries()) {
                rows.add(new Row(posting, entry));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO entry (account_id, seq, posting_id, grant_id, credits, balance_after, hash)
                SELECT * FROM unnest(?::text[], ?::bigint[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[])""")) {
            statement.setArray(
                    1, Columns.text(connection, rows, r -> r.posting().accountId()));
            statement.setArray(
                    2, Columns.bigint(connection, rows, r -> r.entry().seq()));
            statement.setArray(
                    3, Columns.uuid(connection, rows, r -> r.posting().postingId()));
            statement.setArray(4, Columns.uuid(connection, rows, r -> r.entry().grantId()));
            statement.setArray(
                    5, Columns.bigint(connection, rows, r -> r.entry().credits().millionths()));
            statement.setArray(
                    6,
                    Columns.bigint(
                            connection, rows, r -> r.entry().balanceAfter().millionths()));
            statement.setArray(7, Columns.bytes(connection, rows, r -> r.entry().hash()));
            statement.executeUpdate();
        }
    }
}
