package ai.mavster.credits.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * The limit of what the database allows: postings, entries, keys and balances like the ledger's, in batches of
 * {@link BulkDebits#SIZE} with a commit each, and no service. Nothing is decided or chained, no key is looked up, and
 * the grants are left alone.
 */
final class PlainBatches {

    private final Database database;
    private final Accounts accounts;
    private final IntFunction<Draw> draw;
    private final long[] seq;
    private final long[] balance;
    private final UUID[] grants;

    /**
     * @param draw of so many accounts
     */
    PlainBatches(Database database, Accounts accounts, IntFunction<Draw> draw) throws SQLException {
        this.database = database;
        this.accounts = accounts;
        this.draw = draw;
        this.seq = new long[accounts.size()];
        this.balance = new long[accounts.size()];
        this.grants = new UUID[accounts.size()];
        database.query(
                row -> {
                    int account = accounts.number(row.getString(1));
                    seq[account] = row.getLong(2);
                    balance[account] = row.getLong(3);
                    grants[account] = row.getObject(4, UUID.class);
                },
                "SELECT account_id, b.seq, balance, grant_id FROM account_balance b JOIN credit_grant g USING (account_id)"
                        + " WHERE starts_with(account_id, ?)",
                accounts.prefix());
    }

    /** Each thread has accounts of its own, so that none waits for another's locks. */
    Sample run(int threads, Window window) {
        List<CompletableFuture<Sample>> work = new ArrayList<>();
        int share = accounts.size() / threads;
        for (int i = 0; i < threads; i++) {
            int first = i * share;
            work.add(CompletableFuture.supplyAsync(
                    () -> write(first, draw.apply(share), window), task -> new Thread(task, "plain-batches").start()));
        }
        return work.stream().map(CompletableFuture::join).reduce(Sample.empty(), Sample::beside);
    }

    private Sample write(int first, Draw ofShare, Window window) {
        Histogram latencies = Sample.histogram();
        long operations = 0;
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            while (!window.isOver()) {
                long start = System.nanoTime();
                writeBatch(connection, first, ofShare);
                long done = System.nanoTime();
                if (window.covers(done)) {
                    operations += BulkDebits.SIZE;
                    latencies.recordValue(done - start);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Sample(operations, 0, window.seconds(), latencies, Cost.NONE);
    }

    private void writeBatch(Connection connection, int first, Draw ofShare) throws SQLException {
        TreeSet<Integer> touched = new TreeSet<>();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] digest = new byte[32];
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        try (PreparedStatement posting = connection.prepareStatement("""
                        INSERT INTO posting (account_id, posting_id, kind, idempotency_key, requested, credits, captured, balance, held, owed,
                                             first_seq, entries, action, project_id, test_id, run_id, author_type, author_id, author_name,
                                             occurred_at, hash_version)
                        VALUES (?, ?, 'debit', ?, ?, ?, 0, ?, 0, 0, ?, 1, 'visual-assert', 'checkout', 'guest-can-pay', 'run-17', 'api_key',
                                'key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b', 'runners', ?, 2)""");
                PreparedStatement entry = connection.prepareStatement("""
                        INSERT INTO entry (account_id, seq, posting_id, grant_id, credits, balance_after, hash)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""");
                PreparedStatement key = connection.prepareStatement("""
                        INSERT INTO idempotency_key (account_id, idempotency_key, fingerprint, answer_id) VALUES (?, ?, ?, ?)""");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE account_balance SET seq = ?, balance = ?, hash = ? WHERE account_id = ?")) {
            for (int i = 0; i < BulkDebits.SIZE; i++) {
                int account = first + ofShare.next();
                touched.add(account);
                String id = accounts.id(account);
                UUID postingId = new UUID(now.toInstant().toEpochMilli() << 16 | 0x7000, random.nextLong());
                random.nextBytes(digest);
                seq[account]++;
                balance[account] -= Debits.MILLIONTHS_EACH;
                accounts.confirm(account);
                posting.setString(1, id);
                posting.setObject(2, postingId);
                posting.setString(3, "plain-" + seq[account]);
                posting.setLong(4, Debits.MILLIONTHS_EACH);
                posting.setLong(5, Debits.MILLIONTHS_EACH);
                posting.setLong(6, balance[account]);
                posting.setLong(7, seq[account]);
                posting.setObject(8, now);
                posting.addBatch();
                entry.setString(1, id);
                entry.setLong(2, seq[account]);
                entry.setObject(3, postingId);
                entry.setObject(4, grants[account]);
                entry.setLong(5, -Debits.MILLIONTHS_EACH);
                entry.setLong(6, balance[account]);
                entry.setBytes(7, digest.clone());
                entry.addBatch();
                key.setString(1, id);
                key.setString(2, "plain-" + seq[account]);
                key.setBytes(3, digest.clone());
                key.setObject(4, postingId);
                key.addBatch();
            }
            for (int account : touched) {
                update.setLong(1, seq[account]);
                update.setLong(2, balance[account]);
                update.setBytes(3, digest);
                update.setString(4, accounts.id(account));
                update.addBatch();
            }
            posting.executeBatch();
            entry.executeBatch();
            key.executeBatch();
            update.executeBatch();
            connection.commit();
        }
    }
}
