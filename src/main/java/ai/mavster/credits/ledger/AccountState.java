package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
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

    private final List<OpenGrant> open = new ArrayList<>();
    private final Map<UUID, OpenGrant> closed = new HashMap<>();
    private final Map<UUID, OpenGrant> changed = new LinkedHashMap<>();
    private final Map<UUID, ReversibleDebit> reversible = new HashMap<>();

    AccountState(String accountId, long seq, Credits balance, Credits held, byte[] hash) {
        this.accountId = accountId;
        this.seq = seq;
        this.balance = balance;
        this.held = held;
        this.hash = hash;
    }

    public String accountId() {
        return accountId;
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

    /** Sets credits aside for a hold, or, negative, no longer. */
    void reserve(Credits more) {
        Credits after = held.plus(more);
        if (after.isNegative() || balance.isLessThan(after)) {
            throw new IllegalStateException("Held " + after + " of a balance of " + balance);
        }
        held = after;
        changedHeld |= !more.isZero();
    }

    /** Whether its row must be written. */
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
