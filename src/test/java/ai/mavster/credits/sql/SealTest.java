package ai.mavster.credits.sql;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The form that rows are sealed in. A golden value that must be changed breaks every seal there is. */
class SealTest {

    private static Seal seal() {
        return new Seal("hold");
    }

    private static long of(String first, String second) {
        return seal().add(SqlType.TEXT, first).add(SqlType.TEXT, second).value();
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
                .isNotEqualTo(new Seal("run")
                        .add(SqlType.TEXT, "a")
                        .add(SqlType.TEXT, "bc")
                        .value());
        assertThat(of("a", null)).isNotEqualTo(of("a", ""));
    }

    /** The database gives quantities back with all their decimals, times to the microsecond, and amounts as numbers. */
    @Test
    void whatTheDatabaseGivesBackIsSealedAsWhatWasSent() {
        Instant time = Instant.parse("2026-11-21T18:39:00.123456Z");

        assertThat(seal().add(SqlType.NUMERIC, new BigDecimal("2.5")).value())
                .isEqualTo(
                        seal().add(SqlType.NUMERIC, new BigDecimal("2.500000")).value());
        assertThat(seal().add(SqlType.INSTANT, time.plusNanos(999)).value())
                .isEqualTo(seal().add(SqlType.INSTANT, time).value());
        assertThat(seal().add(SqlType.BIGINT, Credits.of(1)).value())
                .isEqualTo(seal().add(SqlType.BIGINT, 1_000_000L).value());
    }
}
