package ai.mavster.credits.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What was observed of some work.
 *
 * @param operations all that were confirmed, also those that came after the time was up
 * @param inTime those that were confirmed before
 * @param seconds how long it took
 * @param latencies of requests, in nanoseconds
 */
record Sample(long operations, long inTime, double seconds, Histogram latencies, Cost cost) {

    static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
    }

    static Sample empty() {
        return new Sample(0, 0, 0, histogram(), Cost.NONE);
    }

    /** Work that is no series of requests. */
    static Sample of(long operations, double seconds) {
        return new Sample(operations, operations, seconds, histogram(), Cost.NONE);
    }

    Sample costing(Cost used) {
        return new Sample(operations, inTime, seconds, latencies, used);
    }

    Sample plus(Sample other) {
        Histogram both = latencies.copy();
        both.add(other.latencies);
        return new Sample(
                operations + other.operations,
                inTime + other.inTime,
                seconds + other.seconds,
                both,
                cost.plus(other.cost));
    }
}
