package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingTable;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the entries of one account say, one after another, and whether its postings and grants say the same. */
final class Recount {

    /**
     * In the order of their places, each with its posting, the grant that this opened, what its key was used for, and
     * its texts.
     */
    static final String ENTRIES = """
            SELECT e.seq, e.grant_id, e.credits, e.balance_after, e.posting_id, e.hash,
                   g.kind, g.credits, g.seq, g.created_at, g.expires_at, g.amount, g.currency, k.fingerprint, %s,
                   t.reference, t.note, t.metadata
            FROM entry e
            LEFT JOIN posting p ON p.account_id = e.account_id AND p.posting_id = e.posting_id
            LEFT JOIN credit_grant g ON g.account_id = e.account_id AND g.grant_id = e.posting_id
            LEFT JOIN idempotency_key k ON k.account_id = p.account_id AND k.idempotency_key = p.idempotency_key
            LEFT JOIN posting_text t ON t.account_id = p.account_id AND t.posting_id = p.posting_id
            WHERE e.account_id = ? ORDER BY e.seq""".formatted(PostingTable.columns("p"));

    /** Postings without entries, each with the hash of the entry before it. */
    static final String ASIDE = """
            SELECT before.hash, k.fingerprint, %s,
                   t.reference, t.note, t.metadata
            FROM posting p
            LEFT JOIN entry before ON before.account_id = p.account_id AND before.seq = p.first_seq - 1
            LEFT JOIN idempotency_key k ON k.account_id = p.account_id AND k.idempotency_key = p.idempotency_key
            LEFT JOIN posting_text t ON t.account_id = p.account_id AND t.posting_id = p.posting_id
            WHERE p.account_id = ? AND p.entries = 0""".formatted(PostingTable.columns("p"));

    /** A grant as its row has it. */
    private record Opened(
            GrantKind kind,
            Credits credits,
            long seq,
            Instant at,
            @Nullable Instant expiresAt,
            @Nullable Money amount) {

        static @Nullable Opened read(Row row) throws SQLException {
            String kind = row.textOrNull();
            if (kind == null) {
                row.skip(6);
                return null;
            }
            return new Opened(
                    GrantKind.of(kind), row.credits(), row.bigint(), row.instant(), row.instantOrNull(), amount(row));
        }

        /** What is no amount of money was not posted, and so does not fit the hash. */
        private static @Nullable Money amount(Row row) throws SQLException {
            try {
                return PostingTable.money(row);
            } catch (InvalidInput e) {
                return null;
            }
        }

        /** Whether what spending goes by is as it was posted. */
        boolean isOf(Posting posting, HashChain.Link entry) {
            return posting.postingId().equals(entry.grantId())
                    && kind.isOpenedBy(posting.kind())
                    && posting.occurredAt().equals(at)
                    && credits.equals(entry.credits())
                    && seq == entry.seq();
        }
    }

    private final Snapshot account;
    private final boolean erasing;
    private final Salt salt;
    private long entries;
    private Credits sum = Credits.ZERO;
    private byte[] hash = HashChain.genesis();
    private @Nullable Long firstBad;

    private long postings;
    private @Nullable UUID postingId;
    private @Nullable Posting posting;
    private int expectedOfPosting;
    private int foundOfPosting;
    private Credits movedByPosting = Credits.ZERO;

    /**
     * @param erasing some of its texts may be gone already
     * @param salt the account's
     */
    Recount(Snapshot account, boolean erasing, Salt salt) {
        this.account = account;
        this.erasing = erasing;
        this.salt = salt;
    }

    long entries() {
        return entries;
    }

    Credits sum() {
        return sum;
    }

    /** How many postings had entries. */
    long postings() {
        return postings;
    }

    @Nullable
    Long firstBad() {
        return firstBad;
    }

    /** A row of {@link #ENTRIES}. */
    void entry(Row row) throws SQLException {
        HashChain.Link link = new HashChain.Link(row.bigint(), row.uuid(), row.credits(), row.credits());
        UUID ofPosting = row.uuid();
        byte[] stored = row.bytes();
        Opened opened = Opened.read(row);
        byte[] fingerprint = row.bytesOrNull();
        Posting of = PostingTable.read(row);
        int expected = 0;
        if (of != null) {
            expected = row.integer();
            row.skip(1);
            of = of.with(texts(of, row), opened == null ? null : opened.amount);
        }
        sum = sum.plus(link.credits());
        boolean inPlace = link.seq() == entries + 1;
        boolean right = inPlace
                && of != null
                && link.balanceAfter().equals(sum)
                && Arrays.equals(stored, HashChain.next(hash, covered(of, expected, fingerprint, opened), link));
        if (!right && firstBad == null) {
            firstBad = inPlace ? link.seq() : entries + 1;
        }
        hash = stored;
        entries = link.seq();
        next(of, ofPosting, expected);
        foundOfPosting++;
        movedByPosting = movedByPosting.plus(link.credits());
        if (of != null && of.kind().opensGrant(link.credits()) != (opened != null && opened.isOf(of, link))) {
            account.fail("grants", id(of) + " is not as it was posted");
        }
    }

    private static HashChain.Covered covered(
            Posting posting, int entries, byte @Nullable [] fingerprint, @Nullable Opened opened) {
        return new HashChain.Covered(posting, entries, fingerprint, opened == null ? null : opened.expiresAt);
    }

    /** Once they are erased none may be there; what they were cannot be known then. */
    private Texts texts(Posting posting, Row row) throws SQLException {
        try {
            Texts texts = PostingTable.texts(row);
            boolean right = (erasing && texts.isEmpty())
                    || (!salt.isErased()
                            && Arrays.equals(posting.textDigest(), salt.digest(posting.postingId(), texts)));
            if (right) {
                return texts;
            }
        } catch (IllegalStateException e) {
            // What is no metadata was not posted.
        }
        account.fail("texts", id(posting) + " has other texts than it was posted with");
        return Texts.NONE;
    }

    private static String id(Posting posting) {
        return posting.kind().publicId(posting.postingId(), posting.credits());
    }

    private void next(@Nullable Posting of, UUID id, int expected) {
        if (id.equals(postingId)) {
            return;
        }
        closePosting();
        postings++;
        postingId = id;
        posting = of;
        expectedOfPosting = expected;
        if (of == null) {
            account.fail("postings", "the posting of entry " + entries + " is missing");
        } else if (of.firstSeq() != entries) {
            account.fail("postings", id(of) + " begins at another entry than it says");
        }
    }

    private void closePosting() {
        if (posting != null
                && (foundOfPosting != expectedOfPosting
                        || !posting.kind().inDirection(movedByPosting).equals(posting.credits()))) {
            account.fail("postings", id(posting) + " moved something else than its entries");
        }
        posting = null;
        foundOfPosting = 0;
        movedByPosting = Credits.ZERO;
    }

    /** After the last entry: the head of the chain has to be where the account's row has it. */
    void end(long headSeq, byte[] headHash) {
        closePosting();
        if (firstBad == null && (entries != headSeq || !Arrays.equals(hash, headHash))) {
            firstBad = Math.min(entries, headSeq) + 1;
        }
        if (firstBad != null) {
            account.fail(Proof.CHAIN, "entry " + firstBad + " is missing or not as it was written");
        }
    }

    /** A row of {@link #ASIDE}. */
    void aside(Row row) throws SQLException {
        byte[] before = row.bytesOrNull();
        byte[] fingerprint = row.bytesOrNull();
        Posting of = PostingTable.read(row);
        if (of == null) {
            return;
        }
        int none = row.integer();
        byte[] stored = row.bytesOrNull();
        texts(of, row);
        byte[] previous = of.firstSeq() == 1 ? HashChain.genesis() : before;
        if (previous == null
                || !Arrays.equals(stored, HashChain.aside(previous, covered(of, none, fingerprint, null)))) {
            account.fail("postings", id(of) + " is not as it was written");
        }
    }
}
