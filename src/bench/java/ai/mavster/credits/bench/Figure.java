package ai.mavster.credits.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * One measurement.
 *
 * @param load such as {@code closed 64} (clients) or {@code open 2000/s}
 * @param cpu milliseconds of processor time for a thousand operations
 */
record Figure(
        String scenario,
        Subject subject,
        String load,
        long operations,
        long turnedAway,
        double perSecond,
        Latency latency,
        Cpu cpu,
        double walBytesPerOperation) {

    /** Of requests, in milliseconds; all zero where there were none. */
    record Latency(double p50, double p99, double p999, double max) {

        static Latency of(Histogram histogram) {
            return new Latency(
                    histogram.getValueAtPercentile(50) / 1e6,
                    histogram.getValueAtPercentile(99) / 1e6,
                    histogram.getValueAtPercentile(99.9) / 1e6,
                    histogram.getMaxValue() / 1e6);
        }
    }

    /** Milliseconds for a thousand operations. */
    record Cpu(double service, double database, double generator) {}

    static Figure of(String scenario, Subject subject, String load, Sample sample) {
        double operations = Math.max(1, sample.operations());
        Cost cost = sample.cost();
        return new Figure(
                scenario,
                subject,
                load,
                sample.operations(),
                sample.turnedAway(),
                sample.operations() / sample.seconds(),
                Latency.of(sample.latencies()),
                new Cpu(
                        cost.serviceNanos() / 1e3 / operations,
                        cost.databaseNanos() / 1e3 / operations,
                        cost.generatorNanos() / 1e3 / operations),
                cost.walBytes() / operations);
    }

    String inShort() {
        return String.format(
                        Locale.ROOT,
                        "%s, %s, %s: %.0f/s, p50 %.2f ms, p99 %.2f ms",
                        scenario,
                        subject.inWords(),
                        load,
                        perSecond,
                        latency.p50,
                        latency.p99)
                + (turnedAway == 0 ? "" : ", " + turnedAway + " turned away");
    }
}
