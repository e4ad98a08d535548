package ai.mavster.credits;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time-ordered ids (RFC 9562, version 7): the milliseconds of their making, a count within them, then 62 random bits.
 * Each id of a process sorts after the ones before it, also within a millisecond and when the clock is set back; but
 * for those {@linkplain #of of another time}.
 */
public final class UuidV7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The last milliseconds and count, 48 and 12 bits. Static because the order is one of the process. */
    private static final AtomicLong LAST = new AtomicLong();

    private UuidV7() {}

    /**
     * An id of a time that is not the process's, such as a test clock's, without effect on the order of {@link #next}.
     *
     * @param count what it sorts by among those of its millisecond; of the number its lower 32 bits
     */
    public static UUID of(Instant time, long count) {
        long upper = count >>> 20 & 0xFFF;
        long lower = count & 0xFFFFF;
        return id(time.toEpochMilli() << 12 | upper, lower << 42 | (RANDOM.nextLong() >>> 22));
    }

    public static UUID next(Instant now) {
        long random = RANDOM.nextLong();
        // A fresh millisecond starts its count in the lower half, so that it holds 2048 ids at least; more run into the
        // next one.
        long fresh = now.toEpochMilli() << 12 | (random >>> 53);
        long next = LAST.accumulateAndGet(fresh, (last, wanted) -> Math.max(last + 1, wanted));
        return id(next, RANDOM.nextLong() >>> 2);
    }

    /** Sorts before all ids that are made at that time or later, to the millisecond. */
    public static UUID first(Instant time) {
        return id(time.toEpochMilli() << 12, 0);
    }

    /** Without the version and the variant, which lie between and before: 60 bits and 62. */
    private static UUID id(long first, long last) {
        return new UUID((first & ~0xFFFL) << 4 | 0x7000 | (first & 0xFFF), last | 0x8000_0000_0000_0000L);
    }
}
