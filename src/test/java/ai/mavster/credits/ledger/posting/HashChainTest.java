package ai.mavster.credits.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.posting.HashChain.Covered;
import ai.mavster.credits.ledger.posting.HashChain.Link;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The form that every entry ever written was hashed in. A golden value that must be changed breaks every proof there
 * is.
 */
class HashChainTest {

    private static final Instant OCCURRED = Instant.parse("2026-11-21T18:39:00.123456Z");

    private static final Author AUTHOR = new Author(Author.Type.API_KEY, "key_1", "runners");

    private static final byte[] DIGEST = Salt.of(new byte[16]).digest(new UUID(3, 4), Texts.note("Zurück, bitte"));

    private static final Posting FULL = posting(
            new Purpose("/mave/chat", new BigDecimal("2.5"), "workspace", "project", "test", "run-1"),
            "key-1",
            new UUID(7, 8),
            new Money(new BigDecimal("49"), "EUR"));

    private static final Link LINK = new Link(3, new UUID(1, 2), Credits.parse("-12.5"), Credits.parse("4487.5"));

    private static final Covered COVERED =
            new Covered(FULL, 2, new byte[] {1, 2, 3}, Instant.parse("2027-01-01T00:00:00Z"));

    private static Posting posting(Purpose purpose, String key, UUID reverses, Money amount) {
        return new Posting(
                "acct_7",
                new UUID(3, 4),
                PostingKind.DEBIT,
                key,
                Credits.of(20),
                Credits.parse("12.5"),
                Credits.of(5),
                Credits.of(1),
                Credits.ZERO,
                Credits.ZERO,
                purpose,
                reverses,
                AUTHOR,
                Texts.NONE,
                amount == null ? null : DIGEST.clone(),
                amount,
                OCCURRED,
                3,
                List.of(),
                HashChain.VERSION,
                null);
    }

    private static byte[] hash(Posting posting) {
        return hash((Covered) with(COVERED, 0, posting), LINK);
    }

    private static byte[] hash(Covered covered, Link link) {
        return HashChain.next(HashChain.genesis(), covered, link);
    }

    private static byte[] aside(Covered covered) {
        return HashChain.aside(HashChain.genesis(), covered);
    }

    @Test
    void theFormNeverChanges() {
        Posting plain = posting(Purpose.NONE, null, null, null);
        byte[] first = hash(new Covered(plain, 1, null, null), LINK);
        byte[] second = HashChain.next(first, COVERED, LINK);

        assertThat(HashChain.genesis()).isEqualTo(new byte[32]);
        assertThat(HexFormat.of().formatHex(first))
                .isEqualTo("59156b937eb7eec70621aaedc6547fca99c697e4efd3f8e0c7749641c2616d17");
        assertThat(HexFormat.of().formatHex(second))
                .isEqualTo("1016f8dca7e4b39ae07d45aecb913affe0fbb134cc84cd628e9d7dc20a67bf84");
    }

    /** Postings, what belongs to them, and links, each of which differs in one covered field alone. */
    static Stream<Record> changed() {
        Purpose purpose = FULL.purpose();
        return Stream.of(
                with(FULL, 0, "acct_8"),
                with(FULL, 1, new UUID(4, 4)),
                with(FULL, 2, PostingKind.EXPIRY),
                with(FULL, 3, "key-2"),
                with(FULL, 3, null),
                with(FULL, 4, new Credits(20_000_001)),
                with(FULL, 5, new Credits(12_500_001)),
                with(FULL, 6, new Credits(5_000_001)),
                with(FULL, 7, new Credits(1_000_001)),
                with(FULL, 8, new Credits(1)),
                with(FULL, 9, new Credits(1)),
                with(FULL, 10, new Purpose("tap", purpose.quantity(), "workspace", "project", "test", "run-1")),
                with(
                        FULL,
                        10,
                        new Purpose("/mave/chat", new BigDecimal("2.500001"), "workspace", "project", "test", "run-1")),
                with(FULL, 10, new Purpose("/mave/chat", null, "workspace", "project", "test", "run-1")),
                with(FULL, 10, new Purpose("/mave/chat", purpose.quantity(), "Workspace", "project", "test", "run-1")),
                with(FULL, 10, new Purpose("/mave/chat", purpose.quantity(), "workspace", null, "test", "run-1")),
                with(FULL, 10, new Purpose("/mave/chat", purpose.quantity(), "workspace", "project", "", "run-1")),
                with(FULL, 10, new Purpose("/mave/chat", purpose.quantity(), "workspace", "project", "test", "run-2")),
                with(FULL, 11, new UUID(8, 7)),
                with(FULL, 11, null),
                with(FULL, 12, new Author(Author.Type.JOB, "key_1", "runners")),
                with(FULL, 12, new Author(Author.Type.API_KEY, "key_2", "runners")),
                with(FULL, 12, new Author(Author.Type.API_KEY, "key_1", "runner")),
                with(FULL, 14, new byte[32]),
                with(FULL, 14, null),
                with(FULL, 15, new Money(new BigDecimal("49.01"), "EUR")),
                with(FULL, 15, new Money(new BigDecimal("49"), "USD")),
                with(FULL, 15, null),
                with(FULL, 16, OCCURRED.plusNanos(1_000)),
                with(FULL, 17, 4L),
                with(FULL, 19, 1),
                with(COVERED, 1, 3),
                with(COVERED, 2, new byte[] {1, 2, 4}),
                with(COVERED, 2, null),
                with(COVERED, 3, Instant.parse("2027-01-01T00:00:00.000001Z")),
                with(COVERED, 3, null),
                with(LINK, 0, 4L),
                with(LINK, 1, new UUID(1, 3)),
                with(LINK, 2, new Credits(-12_500_001)),
                with(LINK, 3, new Credits(4_487_500_001L)));
    }

    @ParameterizedTest
    @MethodSource("changed")
    void everyFieldCounts(Record changed) {
        assertThat(changed).isNotIn(FULL, COVERED, LINK);
        if (changed instanceof Link link) {
            assertThat(hash(COVERED, link)).isNotEqualTo(hash(COVERED, LINK));
            return;
        }
        Covered covered = changed instanceof Posting posting ? (Covered) with(COVERED, 0, posting) : (Covered) changed;
        assertThat(hash(covered, LINK)).isNotEqualTo(hash(COVERED, LINK));
        assertThat(aside(covered)).isNotEqualTo(aside(COVERED));
    }

    @Test
    void theEntryBeforeCounts() {
        byte[] other = HashChain.genesis();
        other[31] = 1;

        assertThat(HashChain.next(other, COVERED, LINK)).isNotEqualTo(hash(COVERED, LINK));
        assertThat(HashChain.aside(other, COVERED)).isNotEqualTo(aside(COVERED));
    }

    /** The same letters, cut in other places. */
    @Test
    void textCannotMoveFromOneFieldIntoTheNext() {
        List<Purpose> purposes = List.of(
                purpose("ab", "c", null, null),
                purpose("a", "bc", null, null),
                purpose("abc", null, null, null),
                purpose("abc", "", null, null),
                purpose(null, "abc", null, null),
                purpose("", "abc", null, null),
                purpose("ab", null, "c", null),
                purpose("ab", null, null, "c"),
                purpose("ab", "", "c", null));
        HashSet<String> hashes = new HashSet<>();
        for (Purpose purpose : purposes) {
            hashes.add(HexFormat.of().formatHex(hash(posting(purpose, null, null, null))));
        }

        assertThat(hashes).hasSameSizeAs(purposes);
    }

    private static Purpose purpose(String workspace, String project, String test, String run) {
        return new Purpose(null, null, workspace, project, test, run);
    }

    /** The database gives quantities back with all six decimals, and times to the microsecond. */
    @Test
    void whatTheDatabaseRoundsIsNotCovered() {
        Purpose purpose = FULL.purpose();
        Purpose padded =
                new Purpose(purpose.action(), new BigDecimal("2.500000"), "workspace", "project", "test", "run-1");

        assertThat(hash((Posting) with(FULL, 10, padded))).isEqualTo(hash(FULL));
        assertThat(hash((Posting) with(FULL, 16, OCCURRED.plusNanos(999)))).isEqualTo(hash(FULL));
    }

    private static Record with(Record of, int component, Object value) {
        try {
            var components = of.getClass().getRecordComponents();
            List<Class<?>> types = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < components.length; i++) {
                types.add(components[i].getType());
                values.add(i == component ? value : components[i].getAccessor().invoke(of));
            }
            return of.getClass()
                    .getDeclaredConstructor(types.toArray(Class[]::new))
                    .newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
