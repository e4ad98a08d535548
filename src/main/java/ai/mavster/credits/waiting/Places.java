package ai.mavster.credits.waiting;

import java.util.HashMap;
import java.util.Map;

/** How many may wait: in all, and of one caller half of them. */
final class Places {

    private final int most;
    private final Map<String, Integer> byCaller = new HashMap<>();
    private int taken;

    Places(int most) {
        this.most = most;
    }

    synchronized boolean take(String caller) {
        int own = byCaller.getOrDefault(caller, 0);
        if (taken >= most || own >= (most + 1) / 2) {
            return false;
        }
        byCaller.put(caller, own + 1);
        taken++;
        return true;
    }

    synchronized void giveBack(String caller) {
        byCaller.computeIfPresent(caller, (name, own) -> own == 1 ? null : own - 1);
        taken--;
    }

    synchronized int taken() {
        return taken;
    }
}
