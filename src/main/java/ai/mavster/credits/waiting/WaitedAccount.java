package ai.mavster.credits.waiting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An account that somebody waits for. Readings of it come one after another. */
final class WaitedAccount {

    private final String accountId;
    private final Set<Waiter<?>> waiters = new LinkedHashSet<>();
    private boolean busy;
    private boolean again;

    WaitedAccount(String accountId) {
        this.accountId = accountId;
    }

    String accountId() {
        return accountId;
    }

    synchronized WaitedAccount with(Waiter<?> waiter) {
        waiters.add(waiter);
        return this;
    }

    /** Whether nobody is left. */
    synchronized boolean isLeftBy(Waiter<?> waiter) {
        waiters.remove(waiter);
        return waiters.isEmpty();
    }

    synchronized List<Waiter<?>> waiters() {
        return new ArrayList<>(waiters);
    }

    /** Who a look that begins now is for; nobody where one is under way: another one follows it then. */
    synchronized List<Waiter<?>> begin() {
        if (busy) {
            again = true;
            return List.of();
        }
        busy = !waiters.isEmpty();
        return waiters();
    }

    /**
     * The last look is over, and so is the pause after it.
     *
     * @return whether another one was asked for meanwhile
     */
    synchronized boolean rested() {
        boolean asked = again;
        busy = false;
        again = false;
        return asked;
    }
}
