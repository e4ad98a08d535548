package ai.mavster.credits.ledger;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Texts;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Gives an account a past: debits as the ledger would have written them, chained, but copied in by the million. */
public final class History {

    private static final int CHUNK = 20_000;

    private static final String ACTION = "visual-assert";
    private static final String PROJECT = "checkout";
    private static final String TEST = "guest-can-pay";
    private static final String RUN = "run-17";

    private static final Author AUTHOR = new Author(Author.Type.API_KEY, "key_history", "history");

    private static final Purpose PURPOSE = new Purpose(ACTION, null, null, PROJECT, TEST, RUN);

    /** Nobody repeats them. */
    private static final String FINGERPRINT = "\\\\x" + "00".repeat(32);

    private final Connection connection;
    private final String accountId;
    private final Credits each;
    private final UUID grantId;
    private long seq;
    private Credits balance;
    private byte[] hash;

    private History(Connection connection, String accountId, Credits each) throws SQLException {
        this.connection = connection;
        this.accountId = accountId;
        this.each = each;
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT b.seq, b.balance, b.hash, g.grant_id
                FROM account_balance b JOIN credit_grant g USING (account_id) WHERE account_id = ?""")) {
            statement.setString(1, accountId);
            ResultSet row = statement.executeQuery();
            row.next();
            seq = row.getLong(1);
            balance = new Credits(row.getLong(2));
            hash = row.getBytes(3);
            grantId = row.getObject(4, UUID.class);
        }
    }

    /**
     * To an account that has one grant, large enough, and that nobody else uses meanwhile.
     *
     * @param millionths what each entry takes
     */
    public static void append(Connection connection, String accountId, int entries, long millionths)
            throws SQLException {
        connection.setAutoCommit(false);
        History history = new History(connection, accountId, new Credits(millionths));
        try {
            for (int left = entries; left > 0; left -= CHUNK) {
                history.copy(Math.min(left, CHUNK));
            }
        } catch (IOException e) {
            throw new SQLException(e);
        }
        history.finish();
        connection.commit();
    }

    private void copy(int entries) throws SQLException, IOException {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        StringBuilder postingRows = new StringBuilder(entries * 300);
        StringBuilder entryRows = new StringBuilder(entries * 250);
        StringBuilder keyRows = new StringBuilder(entries * 200);
        for (int i = 0; i < entries; i++) {
            append(postingRows, entryRows, keyRows, now);
        }
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copies.copyIn(
                "COPY posting (account_id, posting_id, kind, idempotency_key, requested, credits, captured, balance, held, owed, first_seq,"
                        + " entries, action, project_id, test_id, run_id, author_type, author_id, author_name, occurred_at,"
                        + " hash_version) FROM STDIN",
                new StringReader(postingRows.toString()));
        copies.copyIn(
                "COPY entry (account_id, seq, posting_id, grant_id, credits, balance_after, hash) FROM STDIN",
                new StringReader(entryRows.toString()));
        copies.copyIn(
                "COPY idempotency_key (account_id, idempotency_key, fingerprint, answer_id) FROM STDIN",
                new StringReader(keyRows.toString()));
        connection.commit();
    }

    private void append(StringBuilder postingRows, StringBuilder entryRows, StringBuilder keyRows, Instant now) {
        UUID id = UuidV7.next(now);
        seq++;
        balance = balance.minus(each);
        String key = "history-" + seq;
        Posting posting = new Posting(
                accountId,
                id,
                PostingKind.DEBIT,
                key,
                each,
                each,
                Credits.ZERO,
                balance,
                Credits.ZERO,
                Credits.ZERO,
                PURPOSE,
                null,
                AUTHOR,
                Texts.NONE,
                null,
                null,
                now,
                seq,
                List.of(),
                HashChain.VERSION,
                null);
        hash = HashChain.next(
                hash,
                new HashChain.Covered(posting, 1, new byte[32], null),
                new HashChain.Link(seq, grantId, each.negated(), balance));
        row(
                postingRows,
                accountId,
                id,
                "debit",
                key,
                each.millionths(),
                each.millionths(),
                0,
                balance.millionths(),
                0,
                0,
                seq,
                1,
                ACTION,
                PROJECT,
                TEST,
                RUN,
                AUTHOR.type().id(),
                AUTHOR.id(),
                AUTHOR.name(),
                now,
                HashChain.VERSION);
        row(keyRows, accountId, key, FINGERPRINT, id);
        row(
                entryRows,
                accountId,
                seq,
                id,
                grantId,
                -each.millionths(),
                balance.millionths(),
                "\\\\x" + HexFormat.of().formatHex(hash));
    }

    private static void row(StringBuilder rows, Object... values) {
        for (int i = 0; i < values.length; i++) {
            rows.append(i == 0 ? "" : "\t").append(values[i]);
        }
        rows.append('\n');
    }

    /** As its postings count; a budget's window that is missing is counted from these once there is a debit. */
    private static final String COUNT = """
            WITH windows AS (DELETE FROM budget_window WHERE account_id = ?)
            INSERT INTO usage_rollup
            SELECT account_id, grain, starts_at, action, project_id, '', test_id, sum(credits), count(*), count(*), 0, 0
            FROM (SELECT account_id, action, project_id, test_id, credits, grain,
                         date_bin(length::interval, occurred_at, '2000-01-01Z') AS starts_at
                  FROM posting CROSS JOIN (VALUES ('quarter', '15 minutes'), ('day', '1 day')) AS g (grain, length)
                  WHERE account_id = ? AND kind = 'debit') p
            GROUP BY account_id, grain, starts_at, action, project_id, test_id""";

    private void finish() throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.setString(1, accountId);
            count.setString(2, accountId);
            count.executeUpdate();
        }
        try (PreparedStatement grant = connection.prepareStatement(
                        "UPDATE credit_grant SET remaining = ? WHERE account_id = ? AND grant_id = ?");
                PreparedStatement account = connection.prepareStatement(
                        "UPDATE account_balance SET seq = ?, balance = ?, hash = ? WHERE account_id = ?")) {
            grant.setLong(1, balance.millionths());
            grant.setString(2, accountId);
            grant.setObject(3, grantId);
            grant.executeUpdate();
            account.setLong(1, seq);
            account.setLong(2, balance.millionths());
            account.setBytes(3, hash);
            account.setString(4, accountId);
            account.executeUpdate();
        }
    }
}
