package ai.mavster.credits.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An account of the workload, as its callers know it. Several at once. */
final class UsedAccount {

    private static final int KNOWN_DEBITS = 50;

    final String id;

    /** Of those, the first ones have budgets. */
    final List<String> projects = List.of("p0", "p1", "p2");

    private final AtomicInteger runs = new AtomicInteger();
    private final List<String> debits = new ArrayList<>();

    UsedAccount(String id) {
        this.id = id;
    }

    String nextRun() {
        return "run-" + runs.incrementAndGet();
    }

    synchronized void debited(String debitId) {
        if (debits.size() == KNOWN_DEBITS) {
            debits.remove(0);
        }
        debits.add(debitId);
    }

    /** One of the last, often one that was given back in part before. */
    synchronized @Nullable String someDebit(SplittableRandom random) {
        return debits.isEmpty() ? null : debits.get(random.nextInt(debits.size()));
    }
}
