package ai.mavster.credits.http.connection;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has a place, in the order in which they give it up: the oldest first, and whoever had a request since they were last
 * looked at behind all others. Costs nothing while a connection is used, only when one comes or goes.
 */
final class Places<C extends Places.Holder> {

    /** How many are looked at for one that can give way. */
    private static final int LOOKS = 1_000;

    private final int most;
    private final int mostOfOne;
    private final Set<C> all = new LinkedHashSet<>();
    private final Map<String, Set<C>> byNetwork = new HashMap<>();

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
        Set<C> neighbours = byNetwork.computeIfAbsent(newcomer.network(), unused -> new LinkedHashSet<>());
        @Nullable C givesWay = null;
        if (neighbours.size() >= mostOfOne) {
            givesWay = whoGivesWay(neighbours);
        } else if (all.size() >= most) {
            givesWay = whoGivesWay(all);
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
        byNetwork
                .computeIfAbsent(newcomer.network(), unused -> new LinkedHashSet<>())
                .add(newcomer);
        return new Answer<>(true, givesWay);
    }

    private @Nullable C whoGivesWay(Set<C> candidates) {
        @Nullable C usedLately = null;
        for (int looks = 0; looks < LOOKS && !candidates.isEmpty(); looks++) {
            Iterator<C> oldest = candidates.iterator();
            C candidate = oldest.next();
            boolean wasUsed = candidate.wasUsed();
            if (!candidate.isBusy()) {
                if (!wasUsed) {
                    return candidate;
                }
                usedLately = usedLately == null ? candidate : usedLately;
            }
            oldest.remove();
            candidates.add(candidate);
        }
        return usedLately;
    }

    synchronized void leave(C holder) {
        all.remove(holder);
        Set<C> neighbours = byNetwork.get(holder.network());
        if (neighbours != null) {
            neighbours.remove(holder);
            forgetIfEmpty(holder.network(), neighbours);
        }
    }

    private void forgetIfEmpty(String network, Set<C> neighbours) {
        if (neighbours.isEmpty()) {
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
}
