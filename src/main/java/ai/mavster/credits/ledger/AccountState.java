package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.UuidV7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One account as a batch sees it: loaded under the lock, then changed in memory by each posting in turn, then written once. Features read
 * it; only the ledger changes it.
 */
public final class AccountState {

    private final String accountId;
    private long seq;
    private Credits balance;
    private Credits held;
    private boolean changedHeld;
    private byte[] hash;
    private @Nullable Instant testClock;
    private boolean changedClock;

    private final List<OpenGrant> open = new ArrayList<>();
    private final Map<UUID, OpenGrant> closed = new HashMap<>();
    private final Map<UUID, OpenGrant> changed = new LinkedHashMap<>();
    private final Map<UUID, ReversibleDebit> reversible = new HashMap<>();

    /**
     * @param testClock what time it is for the account; null: what time it is
     */
    AccountState(String accountId, long seq, Credits balance, Credits held, byte[] hash, @Nullable Instant testClock) {
        this.accountId = accountId;
        this.seq = seq;
        this.balance = balance;
        this.held = held;
        this.hash = hash;
        this.testClock = testClock;
    }

    public String accountId() {
        return accountId;
    }

    /** Where the account's own clock stands; null: it has none, and goes by the real time. */
    public @Nullable Instant testClock() {
        return testClock;
    }

    /** The account's time: that of its test clock, or the real one. */
    Instant asOf(Instant now) {
        return testClock == null ? now : testClock;
    }

    /**
     * An id of the account's time. That of a test clock may be years ahead, and must not take the ids of all others there; and it stands still,
     * while ids are to sort as what was posted.
     */
    UUID newId(Instant now) {
        return testClock == null ? UuidV7.next(now) : UuidV7.of(testClock, seq);
    }

    /** All credits of the account, reserved ones too. */
    public Credits balance() {
        return balance;
    }

    /** What open holds reserve of the balance. */
    public Credits held() {
        return held;
    }

    /** What a debit may take: the balance less what is held. */
    public Credits available() {
        return balance.minus(held);
    }

    /** The number of entries. */
    public long seq() {
        return seq;
    }

    /** What is left of a grant; nothing if it is spent or has expired. */
    public Credits remaining(UUID grantId) {
        int index = indexOf(grantId);
        return index < 0 ? Credits.ZERO : open.get(index).remaining();
    }

    /** A grant's place in the order in which credits are spent, from 1; 0 if it has none left. */
    public int burnRank(UUID grantId) {
        return indexOf(grantId) + 1;
    }

    /** What will have expired by an instant if nothing is spent until then; what holds reserve does not expire. */
    public Credits expiringBy(Instant instant) {
        return Decision.expire(this, instant).stream()
                .map(BurnOrder.Movement::credits)
                .reduce(Credits.ZERO, Credits::plus)
                .negated();
    }

    /** When the next of its credits expire: after one instant, before another; if none do, that other. */
    Instant nextExpiry(Instant after, Instant before) {
        Instant next = before;
        for (OpenGrant grant : open) {
            Instant at = grant.expiresAt();
            next = at != null && at.isAfter(after) && at.isBefore(next) ? at : next;
        }
        return next;
    }

    byte[] hash() {
        return hash;
    }

    List<OpenGrant> inBurnOrder() {
        return open;
    }

    @Nullable
    ReversibleDebit reversible(UUID debitId) {
        return reversible.get(debitId);
    }

    void load(OpenGrant grant) {
        if (grant.remaining().isPositive()) {
            insert(grant);
        } else {
            closed.put(grant.grantId(), grant);
        }
    }

    void load(ReversibleDebit debit) {
        reversible.put(debit.debitId(), debit);
    }

    boolean knows(UUID grantId) {
        return closed.containsKey(grantId) || indexOf(grantId) >= 0;
    }

    void opened(OpenGrant grant) {
        closed.put(grant.grantId(), grant);
    }

    /** Applies one entry: the account moves to the next {@code seq}. */
    void apply(Posting.Entry entry) {
        int index = indexOf(entry.grantId());
        OpenGrant before = index >= 0 ? open.remove(index) : closed.remove(entry.grantId());
        if (before == null) {
            throw new IllegalStateException("Grant " + entry.grantId() + " was not loaded");
        }
        OpenGrant after = before.moved(entry.credits());
        load(after);
        changed.put(after.grantId(), after);
        seq = entry.seq();
        balance = entry.balanceAfter();
        hash = entry.hash();
    }

    /** Sets the test clock, which the account must have, forward. */
    void advance(Instant to) {
        if (testClock == null || to.isBefore(testClock)) {
            throw new IllegalStateException("From " + testClock + " to " + to);
        }
        changedClock |= to.isAfter(testClock);
        testClock = to;
    }

    boolean isAdvanced() {
        return changedClock;
    }

    /** Sets credits aside for a hold, or, negative, no longer. */
    void reserve(Credits more) {
        Credits after = held.plus(more);
        if (after.isNegative() || balance.isLessThan(after)) {
            throw new IllegalStateException("Held " + after + " of a balance of " + balance);
        }
        held = after;
        changedHeld |= !more.isZero();
    }

    /** Whether its row must be written for what it holds. */
    boolean isChanged() {
        return changedHeld || !changed.isEmpty();
    }

    void reversed(ReversibleDebit debit) {
        reversible.put(debit.debitId(), debit);
    }

    /** The grants as the batch leaves them, where it touched them. */
    Collection<OpenGrant> changedGrants() {
        return changed.values();
    }

    private void insert(OpenGrant grant) {
        int at = open.size();
        while (at > 0 && BurnOrder.COMPARATOR.compare(open.get(at - 1), grant) > 0) {
            at--;
        }
        open.add(at, grant);
    }

    private int indexOf(UUID grantId) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).grantId().equals(grantId)) {
                return i;
            }
        }
        return -1;
    }
}
