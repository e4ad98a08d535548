package ai.mavster.credits.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What must not have happened. One is enough to fail the run. */
final class Failures {

    /** Enough to see what it is: a service that fails does so by the thousand. */
    private static final int SHOWN = 20;

    private final List<String> first = new ArrayList<>();
    private long count;

    synchronized void add(String what) {
        if (count++ < SHOWN) {
            first.add(what);
            Report.say("FAILURE: " + what);
        }
    }

    void unless(boolean right, Supplier<String> what) {
        if (!right) {
            add(what.get());
        }
    }

    synchronized long count() {
        return count;
    }

    /** The first of them. */
    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
