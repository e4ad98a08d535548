package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UuidV7Test {

    private static final Instant NOW = Instant.parse("2126-11-21T18:39:00.123Z");

    @Test
    void itCarriesItsTimeAndVersion() {
        UUID id = UuidV7.next(NOW.plusSeconds(1));

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16)
                .isEqualTo(NOW.plusSeconds(1).toEpochMilli());
    }

    /**
     * More than a millisecond can count, and a clock set back: each still sorts after the one before, as text and as
     * bytes.
     */
    @Test
    void idsOfAProcessSortInTheOrderOfTheirMaking() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(UuidV7.next(i % 3 == 0 ? NOW.minusSeconds(60) : NOW).toString());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threadsNeverGetTheSame() {
        List<UUID> ids = IntStream.range(0, 50_000)
                .parallel()
                .mapToObj(i -> UuidV7.next(NOW))
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    /** A test clock that is years ahead must not take the ids of all others there. */
    @Test
    void anIdOfAnotherTimeHasNoEffectOnTheOrder() {
        Instant ahead = NOW.plusSeconds(3600);

        UUID other = UuidV7.of(ahead, 7);

        assertThat(other.version()).isEqualTo(7);
        assertThat(other.variant()).isEqualTo(2);
        assertThat(other.getMostSignificantBits() >>> 16).isEqualTo(ahead.toEpochMilli());
        assertThat(UuidV7.of(ahead, 7)).isNotEqualTo(other);
        assertThat(UuidV7.next(NOW).toString()).isLessThan(other.toString());
    }

    /** A clock that stands still gives its ids no order. */
    @Test
    void idsOfAnotherTimeSortByTheirCount() {
        List<String> ids = new ArrayList<>();
        for (long count = 1; count < 1L << 32; count = count * 5 / 4 + 1) {
            ids.add(UuidV7.of(NOW, count).toString());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(80);
    }
}
