package ai.mavster.credits.http.page;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds how many pages are made at once, and of those how many for one reader: they take worker threads, which the API
 * needs, too.
 */
@Singleton
class PagePlaces {

    private final int most;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param most one reader gets half of them
     */
    PagePlaces(@ConfigProperty(name = "credits.pages.at-once", defaultValue = "24") int most) {
        this.most = most;
    }

    /** Whether there was a place for this reader; then it has to be left. */
    synchronized boolean enter(String reader) {
        int own = taken.getOrDefault(reader, 0);
        if (all >= most || own >= Math.max(1, most / 2)) {
            return false;
        }
        all++;
        taken.put(reader, own + 1);
        return true;
    }

    synchronized void leave(String reader) {
        all--;
        taken.computeIfPresent(reader, (same, own) -> own == 1 ? null : own - 1);
    }
}
