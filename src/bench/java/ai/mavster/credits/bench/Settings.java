package ai.mavster.credits.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What to measure and for how long; system properties {@code bench.*}.
 *
 * @param directory where the packaged service is, and where the benchmark keeps its data and its results
 * @param only the scenarios; empty: the default ones
 * @param measurement how long each measurement takes, all slices together
 * @param history how many entries the long account has
 * @param renewals how many accounts are due
 * @param heap the most heap that the service may use, as {@code -Xmx} has it
 */
record Settings(Path directory, Set<String> only, Duration measurement, int history, int renewals, String heap) {

    static Settings fromSystemProperties() {
        Set<String> only = new LinkedHashSet<>(
                Arrays.asList(System.getProperty("bench.only", "").strip().split("\\s*,\\s*")));
        only.remove("");
        return new Settings(
                Path.of(System.getProperty("bench.directory", "target/bench")).toAbsolutePath(),
                only,
                Duration.ofMillis(Math.round(1_000 * Double.parseDouble(System.getProperty("bench.seconds", "3")))),
                Integer.getInteger("bench.history", 5_000_000),
                Integer.getInteger("bench.renewals", 100_000),
                System.getProperty("bench.heap", "1g"));
    }

    /** How long one slice of a measurement is warmed up for. */
    Duration warmUp() {
        return measurement.dividedBy(4L * Stage.SLICES);
    }

    Duration slice() {
        return measurement.dividedBy(Stage.SLICES);
    }
}
