package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.PostingTable;
import ai.mavster.credits.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the entries of one account say, one after another, and whether everything else agrees. */
final class Recount {

    static final String ENTRIES = """
            SELECT e.seq, e.grant_id, e.credits, e.balance_after, e.posting_id, e.hash, g.expires_at, %s
            FROM entry e
            LEFT JOIN posting p ON p.account_id = e.account_id AND p.posting_id = e.posting_id
            LEFT JOIN credit_grant g ON g.account_id = e.account_id AND g.grant_id = e.posting_id
            WHERE e.account_id = ? ORDER BY e.seq""".formatted(PostingTable.columns("p"));

    static final String GRANTS =
            "SELECT grant_id, remaining, kind, credits, seq FROM credit_grant WHERE account_id = ?";

    static final String HOLDS = """
            SELECT coalesce(sum(amount - captured - released), 0), coalesce(sum(captured), 0)
            FROM hold WHERE account_id = ?""";

    /** A grant as its first entry has it: the row must still say the same, since what is spent first hangs on it. */
    private record Opened(PostingKind kind, Credits credits, long seq) {}

    private final String accountId;
    private long entries;
    private Credits sum = Credits.ZERO;
    private byte[] hash = HashChain.genesis();
    private @Nullable Long firstBad;
    private boolean addsUp = true;
    private final Map<UUID, Credits> grants = new HashMap<>();
    private final Map<UUID, Opened> opened = new HashMap<>();

    private @Nullable Posting posting;
    private Credits movedByPosting = Credits.ZERO;
    private Credits captured = Credits.ZERO;
    private Credits openHolds = Credits.ZERO;
    private Credits capturedOfHolds = Credits.ZERO;

    Recount(String accountId) {
        this.accountId = accountId;
    }

    /** A row of {@link #ENTRIES}. */
    void entry(Row row) throws SQLException {
        long seq = row.bigint();
        UUID grantId = row.uuid();
        Credits credits = row.credits();
        Credits balanceAfter = row.credits();
        UUID postingId = row.uuid();
        byte[] stored = row.bytes();
        Instant expiresAt = row.instantOrNull();
        Posting of = PostingTable.read(row);
        sum = sum.plus(credits);
        grants.merge(grantId, credits, Credits::plus);
        if (grantId.equals(postingId) && of != null) {
            opened.put(grantId, new Opened(of.kind(), credits, seq));
        }
        HashChain.Link link = new HashChain.Link(seq, grantId, credits, balanceAfter, expiresAt);
        boolean inPlace = seq == entries + 1;
        boolean right = inPlace
                && of != null
                && balanceAfter.equals(sum)
                && Arrays.equals(stored, HashChain.next(hash, of, link));
        if (!right && firstBad == null) {
            firstBad = inPlace ? seq : entries + 1;
        }
        hash = stored;
        entries = seq;
        count(of, postingId, credits);
    }

    private void count(@Nullable Posting of, UUID postingId, Credits credits) {
        if (posting == null || !posting.postingId().equals(postingId)) {
            closePosting();
            posting = of;
        }
        addsUp &= of != null && of.accountId().equals(accountId);
        movedByPosting = movedByPosting.plus(credits);
    }

    private void closePosting() {
        Credits moved = movedByPosting.isNegative() ? movedByPosting.negated() : movedByPosting;
        addsUp &= moved.equals(posting == null ? Credits.ZERO : posting.credits());
        captured = captured.plus(posting == null ? Credits.ZERO : posting.captured());
        movedByPosting = Credits.ZERO;
        posting = null;
    }

    void end(Proofs.Head head) {
        closePosting();
        if (firstBad == null && (entries != head.seq() || !Arrays.equals(hash, head.hash()))) {
            firstBad = Math.min(entries, head.seq()) + 1;
        }
    }

    /** A row of {@link #GRANTS}. */
    void grant(Row row) throws SQLException {
        UUID grantId = row.uuid();
        Credits remaining = row.credits();
        Opened asKept = new Opened(GrantKind.of(row.text()).posting(), row.credits(), row.bigint());
        addsUp &= remaining.equals(grants.remove(grantId)) && asKept.equals(opened.get(grantId));
    }

    /** The row of {@link #HOLDS}. */
    void holds(Row row) throws SQLException {
        openHolds = new Credits(row.numeric().longValueExact());
        capturedOfHolds = new Credits(row.numeric().longValueExact());
    }

    Proof proof(Proofs.Head head) {
        boolean balanced = addsUp
                && grants.isEmpty()
                && sum.equals(head.balance())
                && openHolds.equals(head.held())
                && capturedOfHolds.equals(captured);
        return new Proof(balanced, entries, sum, head.balance(), head.held(), openHolds, firstBad == null, firstBad);
    }
}
