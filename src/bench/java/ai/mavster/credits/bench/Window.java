package ai.mavster.credits.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The time in which work is observed. It starts before, to warm up, so that what is observed is neither its start nor
 * its end.
 *
 * @param begin by {@link System#nanoTime()}; likewise {@code end}
 */
record Window(long begin, long end) {

    static Window after(Duration warmUp, Duration length) {
        long begin = System.nanoTime() + warmUp.toNanos();
        return new Window(begin, begin + length.toNanos());
    }

    /** From now on, however long it takes. */
    static Window open() {
        return new Window(System.nanoTime(), Long.MAX_VALUE);
    }

    boolean covers(long instant) {
        return begin <= instant && instant <= end;
    }

    boolean isOver() {
        return System.nanoTime() >= end;
    }

    /** How long it is; one without an end ends now. */
    double seconds() {
        return ((end == Long.MAX_VALUE ? System.nanoTime() : end) - begin) / 1e9;
    }

    void awaitBegin() {
        await(begin);
    }

    void awaitEnd() {
        await(end);
    }

    private static void await(long instant) {
        for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
