package ai.mavster.credits;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Time-ordered ids (RFC 9562, version 7): the milliseconds of their making, then 74 random bits. */
public final class UuidV7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    private UuidV7() {}

    public static UUID next(Instant now) {
        long time = now.toEpochMilli() << 16;
        return new UUID(time | 0x7000 | (RANDOM.nextInt() & 0xFFF), (RANDOM.nextLong() >>> 2) | 0x8000_0000_0000_0000L);
    }
}
