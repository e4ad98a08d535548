package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.HashChain.Link;
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

/** The form that every entry ever written was hashed in. A golden value that must be changed breaks every proof there is. */
class HashChainTest {

    private static final Instant OCCURRED = Instant.parse("2026-11-21T18:39:00.123456Z");

    private static final Link FULL = link(
            new Purpose("/mave/chat", new BigDecimal("2.5"), "workspace", "project", "test", "run-1"),
            "key-1",
            new UUID(7, 8),
            "Zurück, bitte",
            Instant.parse("2027-01-01T00:00:00Z"));

    private static final Link BARE = link(Purpose.NONE, null, null, null, null);

    private static Link link(Purpose purpose, String key, UUID reverses, String note, Instant expiresAt) {
        return new Link(
                "acct_7",
                3,
                new UUID(1, 2),
                Credits.parse("-12.5"),
                Credits.parse("4487.5"),
                new UUID(3, 4),
                PostingKind.DEBIT,
                key,
                Credits.of(20),
                Credits.parse("12.5"),
                purpose,
                reverses,
                note,
                OCCURRED,
                expiresAt);
    }

    @Test
    void theFormNeverChanges() {
        byte[] first = HashChain.next(HashChain.genesis(), BARE);
        byte[] second = HashChain.next(first, FULL);

        assertThat(HashChain.genesis()).isEqualTo(new byte[32]);
        assertThat(HexFormat.of().formatHex(first))
                .isEqualTo("95e51f7fc79ea004ff2710611cb072c7af47c2f63854f1fbe45f51ba82d2ccf5");
        assertThat(HexFormat.of().formatHex(second))
                .isEqualTo("584861d1251a0575846671e9b50f2d345cbc97d20755b19e7e3612fb0bb67032");
    }

    /** One link for each field that differs from {@link #FULL} in that field alone. */
    static Stream<Link> changed() {
        Purpose purpose = FULL.purpose();
        return Stream.of(
                with(0, "acct_8"),
                with(1, 4L),
                with(2, new UUID(1, 3)),
                with(3, new Credits(-12_500_001)),
                with(4, new Credits(4_487_500_001L)),
                with(5, new UUID(4, 4)),
                with(6, PostingKind.EXPIRY),
                with(7, "key-2"),
                with(7, null),
                with(8, new Credits(20_000_001)),
                with(9, new Credits(12_500_001)),
                with(10, new Purpose("tap", purpose.quantity(), "workspace", "project", "test", "run-1")),
                with(
                        10,
                        new Purpose("/mave/chat", new BigDecimal("2.500001"), "workspace", "project", "test", "run-1")),
                with(10, new Purpose("/mave/chat", null, "workspace", "project", "test", "run-1")),
                with(10, new Purpose("/mave/chat", purpose.quantity(), "Workspace", "project", "test", "run-1")),
                with(10, new Purpose("/mave/chat", purpose.quantity(), "workspace", null, "test", "run-1")),
                with(10, new Purpose("/mave/chat", purpose.quantity(), "workspace", "project", "", "run-1")),
                with(10, new Purpose("/mave/chat", purpose.quantity(), "workspace", "project", "test", "run-2")),
                with(11, new UUID(8, 7)),
                with(11, null),
                with(12, "zurück, bitte"),
                with(12, null),
                with(13, OCCURRED.plusNanos(1_000)),
                with(14, Instant.parse("2027-01-01T00:00:00.000001Z")),
                with(14, null));
    }

    @ParameterizedTest
    @MethodSource("changed")
    void everyFieldCounts(Link changed) {
        assertThat(changed).isNotEqualTo(FULL);
        assertThat(HashChain.next(HashChain.genesis(), changed))
                .isNotEqualTo(HashChain.next(HashChain.genesis(), FULL));
    }

    @Test
    void theEntryBeforeCounts() {
        byte[] other = HashChain.genesis();
        other[31] = 1;

        assertThat(HashChain.next(other, FULL)).isNotEqualTo(HashChain.next(HashChain.genesis(), FULL));
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
            hashes.add(HexFormat.of()
                    .formatHex(HashChain.next(HashChain.genesis(), link(purpose, null, null, null, null))));
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

        assertThat(HashChain.next(HashChain.genesis(), with(10, padded)))
                .isEqualTo(HashChain.next(HashChain.genesis(), FULL));
        assertThat(HashChain.next(HashChain.genesis(), with(13, OCCURRED.plusNanos(999))))
                .isEqualTo(HashChain.next(HashChain.genesis(), FULL));
    }

    private static Link with(int component, Object value) {
        try {
            var components = Link.class.getRecordComponents();
            List<Class<?>> types = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < components.length; i++) {
                types.add(components[i].getType());
                values.add(i == component ? value : components[i].getAccessor().invoke(FULL));
            }
            return Link.class
                    .getDeclaredConstructor(types.toArray(Class[]::new))
                    .newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
