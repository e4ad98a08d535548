package ai.mavster.credits.failure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.event.delivery.Receiver;
import ai.mavster.credits.failure.cluster.Cluster;
import ai.mavster.credits.failure.cluster.Driver;
import ai.mavster.credits.failure.cluster.Fault;
import ai.mavster.credits.failure.cluster.Faults;
import ai.mavster.credits.failure.cluster.Replica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The service under load while everything around it breaks. In {@code ./mvnw verify} a few faults in less than a
 * minute; {@code ./mvnw -Pfailure verify -Dfailure.minutes=30} takes all that this machine allows. The order of events is
 * no machine's to repeat, but {@code -Dfailure.seed=…} gives the same faults again; {@code -Dfailure.only=…} takes those
 * whose names are given, {@code -Dfailure.rounds=…} times.
 */
class FailureIT {

    private static final long MINUTES = Long.getLong("failure.minutes", 0);
    private static final long SEED = Long.getLong("failure.seed", new SplittableRandom().nextLong(1L << 32));
    private static final int ROUNDS = Integer.getInteger("failure.rounds", 1);
    private static final String ONLY = System.getProperty("failure.only", "").replace('_', ' ');
    private static final List<String> SHORT = List.of("replica killed", "client network");

    @Test
    void nothingIsLostOrDoneTwice() throws Exception {
        System.out.println("Failure suite: -Dfailure.seed=" + SEED);
        Map<String, Fault> faults = faults();
        try (Cluster cluster = new Cluster(faults.containsKey("disk full"), Map.of());
                Receiver receiver = Receiver.start();
                History history = new History(Path.of("target", "failure", "history.jsonl"))) {
            cluster.start();
            Reader service = new Reader(cluster.replicas().get(0));
            service.send("POST", "/v1/webhook-endpoints", "{\"url\": \"" + receiver.url() + "\"}", 201);
            Workload workload = new Workload(new Caller(cluster.replicas(), history), history, SEED);
            workload.prepare(service);
            run(cluster, faults, workload, history, receiver);
            assertThat(history.faults()).isEmpty();
        }
    }

    private static Map<String, Fault> faults() {
        Map<String, Fault> possible = MINUTES > 0 || !ONLY.isEmpty() ? Faults.possibleHere() : Faults.everywhere();
        Map<String, Fault> chosen = new LinkedHashMap<>();
        List<String> names = ONLY.isEmpty() ? SHORT : List.of(ONLY.split(", *"));
        possible.forEach((name, fault) -> {
            if ((MINUTES > 0 && ONLY.isEmpty()) || names.contains(name)) {
                chosen.put(name, fault);
            }
        });
        return chosen;
    }

    private static void run(
            Cluster cluster, Map<String, Fault> faults, Workload workload, History history, Receiver receiver)
            throws Exception {
        Driver driver = new Driver(cluster, faults, SEED);
        long start = System.nanoTime();
        try {
            workload.start();
            Faults.last(new SplittableRandom(), 1, 2);
            if (MINUTES > 0) {
                driver.run(start + Duration.ofMinutes(MINUTES).toNanos());
            } else {
                for (int round = 0; round < ROUNDS; round++) {
                    driver.runOnce();
                }
            }
            cluster.replicas().forEach(Replica::awaitReady);
            workload.stop();
            int open = workload.resolve();
            System.out.printf(
                    "Failure suite survived %s in %d s; %s; %d unknown outcomes were resolved in the end%n",
                    driver.survived(),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                    history.figures(),
                    open);
            new Checker(cluster, workload, history, receiver).check();
        } finally {
            workload.close();
        }
    }
}
