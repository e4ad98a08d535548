package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.OpenGrants;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Salt;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One account as a batch has it: loaded under the lock, then changed in memory by each command in turn, then written
 * once.
 */
final class AccountState {

    private final String accountId;
    private final boolean onTestClock;
    private final String timeZone;
    private Salt salt;
    private final long seqWhenLoaded;
    private final Credits availableWhenLoaded;
    private long seq;
    private Credits balance;
    private Credits held;
    private byte[] hash;
    private Instant asOf;
    private @Nullable Instant closedAt;
    private boolean erasing;
    private boolean ending;
    private boolean changed;

    private final OpenGrants open;
    private final Map<UUID, OpenGrant> closed = new HashMap<>();
    private final Map<UUID, OpenGrant> changedGrants = new LinkedHashMap<>();
    private final Map<UUID, ReversibleDebit> reversible = new HashMap<>();
    private final Map<UUID, Hold> holds = new LinkedHashMap<>();
    private final Map<UUID, Hold> changedHolds = new LinkedHashMap<>();

    /**
     * @param asOf the time of what was written last; or where its test clock stands
     * @param closedAt null: it is not closed
     * @param erasing its texts are to go, and are gone once the salt is
     */
    AccountState(
            String accountId,
            long seq,
            Credits balance,
            Credits held,
            byte[] hash,
            Instant asOf,
            boolean onTestClock,
            String timeZone,
            @Nullable Instant closedAt,
            boolean erasing,
            Salt salt) {
        this.accountId = accountId;
        this.seqWhenLoaded = seq;
        this.availableWhenLoaded = balance.minus(held);
        this.seq = seq;
        this.balance = balance;
        this.held = held;
        this.hash = hash;
        this.asOf = asOf;
        this.onTestClock = onTestClock;
        this.timeZone = timeZone;
        this.closedAt = closedAt;
        this.erasing = erasing;
        this.salt = salt;
        this.open = new OpenGrants(accountId);
    }

    String accountId() {
        return accountId;
    }

    boolean isOnTestClock() {
        return onTestClock;
    }

    String timeZone() {
        return timeZone;
    }

    /** Since when nothing is done for it any more; null: it is not closed. */
    @Nullable
    Instant closedAt() {
        return closedAt;
    }

    /** Whether its texts are to go, or are gone. */
    boolean isErasing() {
        return erasing;
    }

    /** Whether this batch has changed any of that. */
    boolean isEnding() {
        return ending;
    }

    /** For good. */
    void close() {
        closedAt = asOf;
        ended();
    }

    /** Its texts are to go from now on. */
    void erase() {
        erasing = true;
        ended();
    }

    /** Its texts are gone, and with the salt what they could be found out by. */
    void erased() {
        salt = Salt.of(null);
        ended();
    }

    private void ended() {
        ending = true;
        changed = true;
    }

    /** Of its texts. */
    Salt salt() {
        return salt;
    }

    /** As it was loaded, but for whose days count. */
    AccountState inTimeZone(ZoneId zone) {
        return new AccountState(
                accountId, seq, balance, held, hash, asOf, onTestClock, zone.getId(), closedAt, erasing, salt);
    }

    /** The account's time. What has expired by then is taken out, but for what holds keep. */
    Instant asOf() {
        return asOf;
    }

    /**
     * An id of the account's time. That of a test clock may be years ahead, and must not take the ids of all others
     * there; and it stands still, while ids are to sort as what was posted.
     */
    UUID newId() {
        return onTestClock ? UuidV7.of(asOf, seq) : UuidV7.next(asOf);
    }

    Credits balance() {
        return balance;
    }

    Credits held() {
        return held;
    }

    Credits available() {
        return balance.minus(held);
    }

    long seq() {
        return seq;
    }

    long seqWhenLoaded() {
        return seqWhenLoaded;
    }

    Credits availableWhenLoaded() {
        return availableWhenLoaded;
    }

    byte[] hash() {
        return hash;
    }

    /** Its grants with something left, as far as they were read; those that holds have kept come first. */
    OpenGrants open() {
        return open;
    }

    /** Grants that have expired, and of which holds have kept what is left. */
    List<OpenGrant> kept() {
        return open.expired(asOf);
    }

    /** Grants that anybody may spend, in the order in which that happens. */
    Iterable<OpenGrant> unexpired() {
        return open.unexpired(asOf);
    }

    /**
     * When the next of its credits or of its holds expires: after its time, before an instant; if none does, that
     * instant.
     */
    Instant nextExpiry(Instant before) {
        Instant next = before;
        Iterator<OpenGrant> grants = unexpired().iterator();
        if (grants.hasNext()) {
            Instant at = grants.next().expiresAt();
            next = at != null && at.isBefore(next) ? at : next;
        }
        for (Hold hold : holds.values()) {
            Instant at = hold.expiresAt();
            next = hold.isOpen() && at.isAfter(asOf) && at.isBefore(next) ? at : next;
        }
        return next;
    }

    @Nullable
    Hold hold(UUID holdId) {
        return holds.get(holdId);
    }

    Collection<Hold> holds() {
        return holds.values();
    }

    @Nullable
    ReversibleDebit reversible(UUID debitId) {
        return reversible.get(debitId);
    }

    void load(OpenGrant grant) {
        if (grant.remaining().isPositive()) {
            open.add(grant);
        } else {
            closed.put(grant.grantId(), grant);
        }
    }

    /** One that a command names: it may be among those that were read in burn order, or far behind them. */
    void loadUnlessKnown(OpenGrant grant) {
        if (grant(grant.grantId()) == null) {
            load(grant);
        }
    }

    void load(ReversibleDebit debit) {
        reversible.put(debit.debitId(), debit);
    }

    void load(Hold hold) {
        holds.put(hold.holdId(), hold);
    }

    /** A grant, with something left or not; null: it is unknown, or was not read. */
    @Nullable
    OpenGrant grant(UUID grantId) {
        OpenGrant isOpen = open.get(grantId);
        return isOpen == null ? closed.get(grantId) : isOpen;
    }

    /** Whether a grant that was loaded has expired by now. */
    boolean isExpired(UUID grantId) {
        OpenGrant grant = grant(grantId);
        return grant != null && grant.isExpired(asOf);
    }

    /** A grant whose credits are yet to be posted. */
    void opened(OpenGrant grant) {
        closed.put(grant.grantId(), grant);
    }

    /** Applies one entry: the account moves to the next {@code seq}. */
    void apply(Posting.Entry entry) {
        OpenGrant wasOpen = open.remove(entry.grantId());
        OpenGrant before = wasOpen == null ? closed.remove(entry.grantId()) : wasOpen;
        if (before == null) {
            throw new IllegalStateException("Grant " + entry.grantId() + " was not loaded");
        }
        OpenGrant after = before.moved(entry.credits());
        load(after);
        changedGrants.put(after.grantId(), after);
        seq = entry.seq();
        balance = entry.balanceAfter();
        hash = entry.hash();
        changed = true;
    }

    /** Something of it is written at its time, which is kept therefore: nothing may be written at an earlier one. */
    void touch() {
        changed = true;
    }

    /** Its time goes forward. By itself that is nothing to be written, unless it is that of a test clock. */
    void turnTo(Instant to) {
        if (to.isBefore(asOf)) {
            throw new IllegalStateException("From " + asOf + " back to " + to);
        }
        changed |= onTestClock && to.isAfter(asOf);
        asOf = to;
    }

    /** A hold has changed, and with it what is held. */
    void change(Hold hold) {
        Hold before = holds.put(hold.holdId(), hold);
        Credits others = before == null ? held : held.minus(before.remaining());
        Credits after = others.plus(hold.remaining());
        if (after.isNegative() || balance.isLessThan(after)) {
            throw new IllegalStateException("Held " + after + " of a balance of " + balance);
        }
        held = after;
        changedHolds.put(hold.holdId(), hold);
        changed = true;
    }

    void reversed(ReversibleDebit debit) {
        reversible.put(debit.debitId(), debit);
    }

    /** Whether its row must be written. */
    boolean isChanged() {
        return changed;
    }

    /** The grants as the batch leaves them, where it touched them. */
    Collection<OpenGrant> changedGrants() {
        return changedGrants.values();
    }

    Collection<Hold> changedHolds() {
        return changedHolds.values();
    }
}
