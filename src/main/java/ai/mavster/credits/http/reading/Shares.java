package ai.mavster.credits.http.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * So many at once, and of each caller, and of each account, at most half of them: nobody takes all. Its
 * callers hold a lock.
 */
final class Shares {

    private final int most;
    private final int share;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    Shares(int most) {
        this.most = most;
        this.share = Math.max(1, most / 2);
    }

    /** Who reads what. */
    record Reader(String caller, String accountId) {

        private List<String> names() {
            return List.of("caller " + caller, "account " + accountId);
        }
    }

    boolean take(Reader reader) {
        if (all == most || reader.names().stream().anyMatch(name -> taken.getOrDefault(name, 0) == share)) {
            return false;
        }
        all++;
        reader.names().forEach(name -> taken.merge(name, 1, Integer::sum));
        return true;
    }

    void giveBack(Reader reader) {
        all--;
        reader.names().forEach(name -> taken.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1));
    }
}
