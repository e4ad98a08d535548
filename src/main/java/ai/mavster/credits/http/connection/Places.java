package ai.mavster.credits.http.connection;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has a place, in the order in which they give it up: who never had a request before all others, then the oldest
 * first, and those that had a request since they were last looked at behind all others. Costs nothing while a connection is
 * used, only when one comes or goes.
 */
final class Places<C extends Places.Holder> {

    /** How many are looked at for one that can give way, of those never used and of the others. */
    private static final int LOOKS = 1_000;

    private final int most;
    private final int mostOfOne;
    private final Queue<C> all = new Queue<>();
    private final Map<String, Queue<C>> byNetwork = new HashMap<>();

    /**
     * @param most in all
     * @param mostOfOne of one network
     */
    Places(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** A connection, as far as places go. */
    interface Holder {

        String network();

        boolean isBusy();

        /** Whether it was ever busy. */
        boolean hadRequest();

        /** Whether it was busy since this was last asked. */
        boolean wasUsed();
    }

    /**
     * Whether one more may come, and who has to go for it.
     *
     * @param givesWay has lost its place, and is to be closed
     */
    record Answer<C>(boolean admitted, @Nullable C givesWay) {}

    synchronized Answer<C> enter(C newcomer) {
        Queue<C> neighbours = byNetwork.computeIfAbsent(newcomer.network(), unused -> new Queue<>());
        @Nullable C givesWay = null;
        if (neighbours.size() >= mostOfOne) {
            givesWay = neighbours.whoGivesWay();
        } else if (all.size() >= most) {
            givesWay = all.whoGivesWay();
        }
        boolean full = neighbours.size() >= mostOfOne || all.size() >= most;
        if (full && givesWay == null) {
            forgetIfEmpty(newcomer.network(), neighbours);
            return new Answer<>(false, null);
        }
        if (givesWay != null) {
            leave(givesWay);
        }
        all.add(newcomer);
        // The last neighbour may have been the one that gave way.
        byNetwork.computeIfAbsent(newcomer.network(), unused -> new Queue<>()).add(newcomer);
        return new Answer<>(true, givesWay);
    }

    synchronized void leave(C holder) {
        all.remove(holder);
        Queue<C> neighbours = byNetwork.get(holder.network());
        if (neighbours != null) {
            neighbours.remove(holder);
            forgetIfEmpty(holder.network(), neighbours);
        }
    }

    private void forgetIfEmpty(String network, Queue<C> neighbours) {
        if (neighbours.size() == 0) {
            byNetwork.remove(network);
        }
    }

    synchronized int taken() {
        return all.size();
    }

    /** How many networks are known: no more than have a place. */
    synchronized int networks() {
        return byNetwork.size();
    }

    /** All, or those of one network, the oldest first. */
    private static final class Queue<C extends Holder> {

        private final Set<C> unused = new LinkedHashSet<>();
        private final Set<C> used = new LinkedHashSet<>();

        int size() {
            return unused.size() + used.size();
        }

        void add(C newcomer) {
            unused.add(newcomer);
        }

        void remove(C holder) {
            if (!unused.remove(holder)) {
                used.remove(holder);
            }
        }

        @Nullable
        C whoGivesWay() {
            for (int looks = 0; looks < LOOKS && !unused.isEmpty(); looks++) {
                C oldest = unused.iterator().next();
                if (!oldest.hadRequest()) {
                    return oldest;
                }
                unused.remove(oldest);
                used.add(oldest);
            }
            @Nullable C usedLately = null;
            for (int looks = 0; looks < LOOKS && !used.isEmpty(); looks++) {
                C oldest = used.iterator().next();
                boolean wasUsed = oldest.wasUsed();
                if (!oldest.isBusy()) {
                    if (!wasUsed) {
                        return oldest;
                    }
                    usedLately = usedLately == null ? oldest : usedLately;
                }
                used.remove(oldest);
                used.add(oldest);
            }
            return usedLately;
        }
    }
}
