package ai.mavster.credits.access.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * One bucket each for those who share a rate. One that nobody has touched until it was full again is forgotten: the next
 * is as full. Beyond {@value #MOST} the least used are forgotten early.
 */
final class Buckets {

    static final int MOST = 10_000;

    private final Rate rate;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    Buckets(Rate rate, TimeMeter time) {
        this.rate = rate;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(time::currentTimeNanos)
                .expireAfterAccess(Duration.ofSeconds(rate.secondsToFill() + 1L))
                .build();
    }

    Rate rate() {
        return rate;
    }

    Bucket of(String whose) {
        return buckets.get(whose, unused -> rate.bucket(time));
    }

    /** How many there are. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
