package ai.mavster.credits.access.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private final AtomicLong nanos = new AtomicLong();

    /** Time that passes when a test says so. */
    private final TimeMeter time = new TimeMeter() {

        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    private final Buckets buckets = new Buckets(new Rate(10, 25), time);

    @Test
    void theBurstIsThereAtOnceAndTheRateAfterwards() {
        assertThat(taken("one")).isEqualTo(25);
        pass(Duration.ofMillis(99));
        assertThat(taken("one")).isZero();
        pass(Duration.ofMillis(1));
        assertThat(taken("one")).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        assertThat(taken("one")).isEqualTo(20);
        pass(Duration.ofHours(1));
        assertThat(taken("one")).isEqualTo(25);
    }

    @Test
    void oneTakesNothingFromAnother() {
        assertThat(taken("one")).isEqualTo(25);
        assertThat(taken("another")).isEqualTo(25);
    }

    /** The bucket of one who comes back is as full as if it had been kept. */
    @Test
    void whoStaysAwayUntilTheirsIsFullIsForgotten() {
        taken("one");
        pass(Duration.ofSeconds(2));
        taken("another");
        assertThat(buckets.size()).isEqualTo(2);
        pass(Duration.ofSeconds(3));
        assertThat(buckets.size()).isEqualTo(1);
        pass(Duration.ofSeconds(3));
        assertThat(buckets.size()).isZero();
        assertThat(taken("one")).isEqualTo(25);
    }

    @Test
    void massesDoNotFillTheMemory() {
        for (int i = 0; i < 3 * Buckets.MOST; i++) {
            buckets.of("address " + i);
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(Buckets.MOST);
    }

    @Test
    void aRateIsCheckedWhereItIsConfigured() {
        assertThat(Rate.of("LIMIT", OptionalInt.empty(), OptionalInt.empty())).isEmpty();
        assertThat(Rate.of("LIMIT", OptionalInt.of(5), OptionalInt.empty())).contains(new Rate(5, 5));
        assertThat(Rate.of("LIMIT", OptionalInt.of(5), OptionalInt.of(12))).contains(new Rate(5, 12));
        assertThat(new Rate(5, 12).secondsToFill()).isEqualTo(3);
        assertThatThrownBy(() -> Rate.of("LIMIT", OptionalInt.of(0), OptionalInt.empty()))
                .hasMessageStartingWith("LIMIT must be");
        assertThatThrownBy(() -> Rate.of("LIMIT", OptionalInt.of(1), OptionalInt.of(-1)))
                .hasMessageStartingWith("LIMIT_BURST must be");
        assertThatThrownBy(() -> Rate.of("LIMIT", OptionalInt.empty(), OptionalInt.of(1)))
                .hasMessage("LIMIT_BURST is set, and LIMIT is not.");
    }

    private int taken(String whose) {
        int taken = 0;
        while (buckets.of(whose).tryConsume(1)) {
            taken++;
        }
        return taken;
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
