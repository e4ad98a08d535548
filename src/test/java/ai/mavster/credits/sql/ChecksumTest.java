package ai.mavster.credits.sql;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The form of checksums. A golden value that must be changed makes every checksum there is wrong. */
class ChecksumTest {

    private static Checksum checksum() {
        return new Checksum("hold");
    }

    private static long of(String first, String second) {
        return checksum().add(SqlType.TEXT, first).add(SqlType.TEXT, second).value();
    }

    @Test
    void theFormNeverChanges() {
        assertThat(of("acct_7", null)).isEqualTo(1573718068449543820L);
    }

    @Test
    void everyValueCountsAtItsPlace() {
        assertThat(of("a", "bc"))
                .isNotEqualTo(of("ab", "c"))
                .isNotEqualTo(of("bc", "a"))
                .isNotEqualTo(of("a", null))
                .isNotEqualTo(new Checksum("run")
                        .add(SqlType.TEXT, "a")
                        .add(SqlType.TEXT, "bc")
                        .value());
        assertThat(of("a", null)).isNotEqualTo(of("a", ""));
    }

    /** The database gives quantities back with all their decimals, times to the microsecond, and amounts as numbers. */
    @Test
    void whatTheDatabaseGivesBackHasTheChecksumOfWhatWasSent() {
        Instant time = Instant.parse("2026-11-21T18:39:00.123456Z");

        assertThat(checksum().add(SqlType.NUMERIC, new BigDecimal("2.5")).value())
                .isEqualTo(checksum()
                        .add(SqlType.NUMERIC, new BigDecimal("2.500000"))
                        .value());
        assertThat(checksum().add(SqlType.INSTANT, time.plusNanos(999)).value())
                .isEqualTo(checksum().add(SqlType.INSTANT, time).value());
        assertThat(checksum().add(SqlType.BIGINT, Credits.of(1)).value())
                .isEqualTo(checksum().add(SqlType.BIGINT, 1_000_000L).value());
    }
}
