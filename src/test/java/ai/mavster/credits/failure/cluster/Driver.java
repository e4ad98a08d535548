package ai.mavster.credits.failure.cluster;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Breaks one thing after another, each of its list as often as the others, in an order that the seed gives. */
public final class Driver {

    private final Cluster cluster;
    private final Map<String, Fault> faults;
    private final SplittableRandom random;
    private final Map<String, Integer> survived = new TreeMap<>();

    public Driver(Cluster cluster, Map<String, Fault> faults, long seed) {
        this.cluster = cluster;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
    }

    /** At least until then. What cannot be mended ends it with an error. */
    public void run(long endNanos) throws Exception {
        List<String> left = new ArrayList<>();
        while (System.nanoTime() < endNanos) {
            if (left.isEmpty()) {
                left.addAll(faults.keySet());
                Collections.shuffle(left, new Random(random.nextLong()));
            }
            strike(left.remove(left.size() - 1));
            Faults.last(random, 1, 4);
        }
    }

    /** All of them once, in the order of the list. */
    public void runOnce() throws Exception {
        for (String name : faults.keySet()) {
            strike(name);
            Faults.last(random, 0.5, 1);
        }
    }

    private void strike(String name) throws Exception {
        SplittableRandom own = random.split();
        say(name + " …");
        String what = faults.get(name).strike(cluster, own);
        survived.merge(name, 1, Integer::sum);
        say(name + ": " + what);
    }

    private static void say(String text) {
        System.out.println(
                "Failure suite, " + LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS) + ", " + text);
    }

    public Map<String, Integer> survived() {
        return survived;
    }
}
