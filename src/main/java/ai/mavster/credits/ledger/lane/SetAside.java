package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.ledger.BatchTransaction.Locking;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The commands of accounts that are locked elsewhere. A few threads of its own wait for such locks, so that lanes never
 * do. Until an account is done here, all that comes for it queues up here too: its commands are decided in the order in
 * which they came.
 *
 * <p>In each turn every account that waits is tried, together with the others and without waiting; of those that cannot
 * be had even then a thread waits for one, and for another in the next turn. So an account that another process keeps
 * writing has its place among those that wait for its lock, and one that is locked for long holds up no other. Commands
 * that get late meanwhile fail.
 */
public final class SetAside {

    private final BiFunction<List<Pending<?>>, Locking, List<Pending<?>>> writer;
    private final int capacity;
    private final int most;
    private final int mostAccounts;
    private final List<Thread> threads = new ArrayList<>();

    /** By account; those that a thread has in hand are among the accounts, but not among the turns. */
    private final Map<String, Deque<Pending<?>>> accounts = new HashMap<>();

    private final Deque<String> turns = new ArrayDeque<>();
    private volatile int commands;
    private volatile boolean used;
    private boolean open = true;

    /**
     * @param capacity how many commands may wait; further ones are turned away
     * @param most how many commands one transaction takes, and {@code mostAccounts} how many accounts
     * @param writer writes commands and hands back those whose accounts are still locked elsewhere, as
     *     {@link BatchWriter#write} does
     */
    public SetAside(
            int threads,
            int capacity,
            int most,
            int mostAccounts,
            BiFunction<List<Pending<?>>, Locking, List<Pending<?>>> writer) {
        this.capacity = capacity;
        this.most = most;
        this.mostAccounts = mostAccounts;
        this.writer = writer;
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::run, "ledger-aside-" + i);
            this.threads.add(thread);
            thread.start();
        }
    }

    /** How many commands wait. */
    public int waiting() {
        return commands;
    }

    /**
     * Keeps the commands of accounts that are set aside, and returns the others. Each lane asks for its own accounts.
     */
    public List<Pending<?>> pass(List<Pending<?>> batch) {
        if (!used) {
            return batch;
        }
        List<Pending<?>> passed = new ArrayList<>(batch.size());
        List<Pending<?>> kept = new ArrayList<>();
        synchronized (this) {
            batch.forEach(one -> (accounts.containsKey(one.accountId()) ? kept : passed).add(one));
        }
        add(kept);
        return passed;
    }

    /** Sets commands aside, and with them their accounts. */
    public void add(List<Pending<?>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        batch.subList(keep(batch), batch.size()).forEach(Pending::turnAway);
    }

    /** Returns how many there was room for. */
    private synchronized int keep(List<Pending<?>> batch) {
        int room = Math.min(capacity - commands, batch.size());
        for (Pending<?> one : batch.subList(0, room)) {
            Deque<Pending<?>> queue = accounts.get(one.accountId());
            if (queue == null) {
                queue = new ArrayDeque<>(1);
                accounts.put(one.accountId(), queue);
                turns.add(one.accountId());
            }
            queue.add(one);
            commands++;
        }
        used = !accounts.isEmpty();
        notifyAll();
        return room;
    }

    private void run() {
        for (List<String> turn = next(); !turn.isEmpty(); turn = next()) {
            Set<String> locked = tryThem(turn, turn.size() > 1 ? Locking.SKIP : Locking.WAIT);
            String waitedFor = turn.get(0);
            if (turn.size() > 1 && !locked.isEmpty()) {
                waitedFor = locked.iterator().next();
                tryThem(List.of(waitedFor), Locking.WAIT);
            }
            giveBack(turn, waitedFor);
        }
    }

    /** Accounts to be tried; none once all is done and nothing more will come. */
    private synchronized List<String> next() {
        List<String> turn = new ArrayList<>();
        try {
            while (turns.isEmpty() && (open || !accounts.isEmpty())) {
                wait();
            }
        } catch (InterruptedException e) {
            open = false;
        }
        while (turn.size() < mostAccounts && !turns.isEmpty()) {
            turn.add(turns.remove());
        }
        return turn;
    }

    /** Returns the accounts that are still locked, the first one first. */
    private Set<String> tryThem(List<String> accountIds, Locking locking) {
        List<Pending<?>> batch = take(accountIds);
        List<Pending<?>> left = List.of();
        try {
            left = writer.apply(batch, locking);
        } catch (RuntimeException | Error e) {
            Lane.fail(batch, Pending::fail, e);
        }
        return putBack(batch.size(), left);
    }

    private synchronized List<Pending<?>> take(List<String> accountIds) {
        List<Pending<?>> batch = new ArrayList<>();
        int ofEach = Math.max(1, most / accountIds.size());
        for (String accountId : accountIds) {
            Deque<Pending<?>> queue = queue(accountId);
            for (int i = 0; i < ofEach && !queue.isEmpty(); i++) {
                batch.add(queue.remove());
            }
        }
        return batch;
    }

    private synchronized Set<String> putBack(int taken, List<Pending<?>> left) {
        List<Pending<?>> lastFirst = new ArrayList<>(left);
        Collections.reverse(lastFirst);
        lastFirst.forEach(one -> queue(one.accountId()).addFirst(one));
        commands += left.size() - taken;
        Set<String> locked = new LinkedHashSet<>();
        left.forEach(one -> locked.add(one.accountId()));
        return locked;
    }

    /**
     * Ends the turn: an account with nothing left is its lane's again. The one that was waited for comes last next
     * time.
     */
    private synchronized void giveBack(List<String> turn, String waitedFor) {
        List<String> order = new ArrayList<>(turn);
        order.remove(waitedFor);
        order.add(waitedFor);
        for (String accountId : order) {
            if (queue(accountId).isEmpty()) {
                accounts.remove(accountId);
            } else {
                turns.add(accountId);
            }
        }
        used = !accounts.isEmpty();
        notifyAll();
    }

    private Deque<Pending<?>> queue(String accountId) {
        return Objects.requireNonNull(accounts.get(accountId));
    }

    /** Returns when all that was set aside is answered. To be called when nothing more is added. */
    public void close() {
        synchronized (this) {
            open = false;
            notifyAll();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
