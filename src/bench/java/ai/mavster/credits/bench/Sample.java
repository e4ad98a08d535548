package ai.mavster.credits.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What was observed of some work.
 *
 * @param operations those that were confirmed in the time
 * @param turnedAway those that were answered with nothing done, though not for a fault
 * @param seconds how long that was
 * @param latencies of requests, in nanoseconds
 */
record Sample(long operations, long turnedAway, double seconds, Histogram latencies, Cost cost) {

    static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
    }

    static Sample empty() {
        return of(0, 0);
    }

    /** Work that is no series of requests. */
    static Sample of(long operations, double seconds) {
        return new Sample(operations, 0, seconds, histogram(), Cost.NONE);
    }

    Sample costing(Cost used) {
        return new Sample(operations, turnedAway, seconds, latencies, used);
    }

    /** The same work, later. */
    Sample then(Sample other) {
        return new Sample(
                operations + other.operations,
                turnedAway + other.turnedAway,
                seconds + other.seconds,
                both(other),
                cost.plus(other.cost));
    }

    /** Other work, at the same time. */
    Sample beside(Sample other) {
        return new Sample(
                operations + other.operations,
                turnedAway + other.turnedAway,
                Math.max(seconds, other.seconds),
                both(other),
                cost.plus(other.cost));
    }

    private Histogram both(Sample other) {
        Histogram both = latencies.copy();
        both.add(other.latencies);
        return both;
    }
}
