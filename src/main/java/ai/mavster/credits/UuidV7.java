package ai.mavster.credits;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time-ordered ids (RFC 9562, version 7): the milliseconds of their making, a count within them, then 62 random bits. Each id of a process
 * sorts after the ones before it, also within a millisecond and when the clock is set back; but for those {@linkplain #of of another time}.
 */
public final class UuidV7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The last milliseconds and count, 48 and 12 bits. Static because the order is one of the process. */
    private static final AtomicLong LAST = new AtomicLong();

    private UuidV7() {}

    /**
     * An id of a time that is not the process's, such as a test clock's: in no order with others of its millisecond, and without effect on
     * the order of {@link #next}.
     */
    public static UUID of(Instant time) {
        long random = RANDOM.nextLong();
        return id(time.toEpochMilli() << 12 | (random & 0xFFF));
    }

    public static UUID next(Instant now) {
        long random = RANDOM.nextLong();
        // A fresh millisecond starts its count in the lower half, so that it holds 2048 ids at least; more run into the
        // next one.
        long fresh = now.toEpochMilli() << 12 | (random >>> 53);
        long next = LAST.accumulateAndGet(fresh, (last, wanted) -> Math.max(last + 1, wanted));
        return id(next);
    }

    private static UUID id(long millisAndCount) {
        return new UUID(
                (millisAndCount & ~0xFFFL) << 4 | 0x7000 | (millisAndCount & 0xFFF),
                (RANDOM.nextLong() >>> 2) | 0x8000_0000_0000_0000L);
    }
}
