package ai.mavster.credits.alert.mail;

import java.time.Duration;

/** How long it is waited between attempts: a minute, and twice as long each time, up to an hour. Pure. */
final class Retries {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLED_AT_MOST = 6;

    private Retries() {}

    /**
     * @param attempts how many have failed in a row, at least one
     */
    static Duration after(int attempts) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLED_AT_MOST));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
