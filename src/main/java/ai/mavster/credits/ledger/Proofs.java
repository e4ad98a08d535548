package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.LedgerUnavailable.Reason;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Recomputes accounts from their entries, in one snapshot each, streaming: the memory it takes does not grow with the account. */
@Singleton
public class Proofs {

    private static final int FETCH_SIZE = 1_000;

    private final Connections connections;
    private final LedgerStore store;
    private final List<Participant> participants;

    Proofs(Connections connections, LedgerStore store, @All List<Participant> participants) {
        this.connections = connections;
        this.store = store;
        this.participants = participants;
    }

    /** Empty if there is no such account. A check that cannot be carried out throws; it never counts as passed. */
    public Optional<Proof> of(String accountId) {
        try (Connection connection = connections.snapshot()) {
            try {
                Map<String, AccountState> accounts = new HashMap<>();
                RoundTrip reads = new RoundTrip();
                store.read(reads, List.of(accountId), accounts);
                reads.run(connection);
                AccountState account = accounts.get(accountId);
                return account == null ? Optional.empty() : Optional.of(prove(connection, account));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw SqlStates.isTransient(e)
                    ? new LedgerUnavailable(Reason.DATABASE_UNREACHABLE, e)
                    : new IllegalStateException(e);
        }
    }

    private Proof prove(Connection connection, AccountState account) throws SQLException {
        Recount recount = new Recount();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT e.seq, e.grant_id, e.credits, e.balance_after, e.posting_id, e.hash,
                       p.kind, p.idempotency_key, p.requested, p.credits, p.first_seq, p.entries,
                       p.action, p.quantity, p.workspace_id, p.project_id, p.test_id, p.run_id, p.reverses, p.note, p.occurred_at,
                       g.expires_at
                FROM entry e
                LEFT JOIN posting p ON p.account_id = e.account_id AND p.posting_id = e.posting_id
                LEFT JOIN credit_grant g ON g.account_id = e.account_id AND g.grant_id = e.posting_id
                WHERE e.account_id = ? ORDER BY e.seq""")) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setString(1, account.accountId());
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                recount.add(account.accountId(), row);
            }
        }
        recount.end(account);
        Credits openHolds = Credits.ZERO;
        for (Participant participant : participants) {
            openHolds = openHolds.plus(participant.reserved(connection, account.accountId()));
        }
        boolean balanced = recount.sum.equals(account.balance())
                && recount.postingsAddUp
                && openHolds.equals(account.held())
                && grantsAddUp(connection, account.accountId(), recount);
        return new Proof(
                balanced,
                recount.entries,
                recount.sum,
                account.balance(),
                account.held(),
                openHolds,
                recount.firstBad == null,
                recount.firstBad);
    }

    /** A grant as its first entry has it: the row must still say the same, since what is spent first hangs on it. */
    private record Opened(PostingKind kind, Credits credits, long seq) {}

    /** What the entries say so far. */
    private static final class Recount {
        private long entries;
        private Credits sum = Credits.ZERO;
        private byte[] hash = HashChain.genesis();
        private @Nullable Long firstBad;
        private boolean postingsAddUp = true;
        private final Map<UUID, Credits> grants = new HashMap<>();
        private final Map<UUID, Opened> opened = new HashMap<>();

        private @Nullable UUID posting;
        private Credits movedByPosting = Credits.ZERO;
        private Credits postingCredits = Credits.ZERO;

        private void add(String accountId, ResultSet row) throws SQLException {
            long seq = row.getLong(1);
            UUID grantId = row.getObject(2, UUID.class);
            Credits credits = new Credits(row.getLong(3));
            Credits balanceAfter = new Credits(row.getLong(4));
            UUID postingId = row.getObject(5, UUID.class);
            byte[] stored = row.getBytes(6);
            sum = sum.plus(credits);
            grants.merge(grantId, credits, Credits::plus);
            if (grantId.equals(postingId) && row.getString(7) != null) {
                opened.put(grantId, new Opened(PostingKind.of(row.getString(7)), credits, seq));
            }
            boolean inPlace = seq == entries + 1;
            boolean right = inPlace
                    && row.getString(7) != null
                    && balanceAfter.equals(sum)
                    && Arrays.equals(stored, hashOf(accountId, row, seq, grantId, credits, balanceAfter, postingId));
            if (!right && firstBad == null) {
                firstBad = inPlace ? seq : entries + 1;
            }
            hash = stored;
            entries = seq;
            count(row, postingId, credits);
        }

        private byte[] hashOf(
                String accountId,
                ResultSet row,
                long seq,
                UUID grantId,
                Credits credits,
                Credits balanceAfter,
                UUID postingId)
                throws SQLException {
            return HashChain.next(
                    hash,
                    new HashChain.Link(
                            accountId,
                            seq,
                            grantId,
                            credits,
                            balanceAfter,
                            postingId,
                            PostingKind.of(row.getString(7)),
                            row.getString(8),
                            new Credits(row.getLong(9)),
                            new Credits(row.getLong(10)),
                            Postings.purpose(row, 13),
                            row.getObject(19, UUID.class),
                            row.getString(20),
                            Objects.requireNonNull(LedgerStore.instant(row, 21)),
                            LedgerStore.instant(row, 22)));
        }

        private void count(ResultSet row, UUID postingId, Credits credits) throws SQLException {
            if (!postingId.equals(posting)) {
                closePosting();
                posting = postingId;
                postingCredits = new Credits(row.getLong(10));
            }
            movedByPosting = movedByPosting.plus(credits);
        }

        private void closePosting() {
            Credits moved = movedByPosting.isNegative() ? movedByPosting.negated() : movedByPosting;
            postingsAddUp &= moved.equals(postingCredits);
            movedByPosting = Credits.ZERO;
            postingCredits = Credits.ZERO;
        }

        private void end(AccountState account) {
            closePosting();
            if (firstBad == null && (entries != account.seq() || !Arrays.equals(hash, account.hash()))) {
                firstBad = Math.min(entries, account.seq()) + 1;
            }
        }
    }

    private static boolean grantsAddUp(Connection connection, String accountId, Recount recount) throws SQLException {
        Map<UUID, Credits> unseen = new HashMap<>(recount.grants);
        boolean same = true;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT grant_id, remaining, kind, credits, seq FROM credit_grant WHERE account_id = ?")) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setString(1, accountId);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                UUID grantId = row.getObject(1, UUID.class);
                Opened opened = new Opened(
                        GrantKind.of(row.getString(3)).posting(), new Credits(row.getLong(4)), row.getLong(5));
                same &= new Credits(row.getLong(2)).equals(unseen.remove(grantId))
                        && opened.equals(recount.opened.get(grantId));
            }
        }
        return same && unseen.isEmpty();
    }
}
