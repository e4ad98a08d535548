package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.ledger.burndown.KnownGrants;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.OpenGrants;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.erasure.Ending;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Salt;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
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
    private final long seqWhenLoaded;
    private final Credits availableWhenLoaded;
    private long seq;
    private Credits balance;
    private Credits held;
    private Credits owed;
    private byte[] hash;
    private Instant asOf;
    private Ending ending;
    private boolean endingChanged;
    private boolean changed;

    private final KnownGrants grants;
    private final Map<UUID, ReversibleDebit> reversible = new HashMap<>();
    private final Map<UUID, Hold> holds = new LinkedHashMap<>();
    private final Map<UUID, Hold> changedHolds = new LinkedHashMap<>();

    /**
     * @param owed what is to be settled from the next credits
     * @param asOf the time of what was written last; or where its test clock stands
     */
    AccountState(
            String accountId,
            long seq,
            Credits balance,
            Credits held,
            Credits owed,
            byte[] hash,
            Instant asOf,
            boolean onTestClock,
            String timeZone,
            Ending ending) {
        this.accountId = accountId;
        this.seqWhenLoaded = seq;
        this.availableWhenLoaded = balance.minus(held);
        this.seq = seq;
        this.balance = balance;
        this.held = held;
        this.owed = owed;
        this.hash = hash;
        this.asOf = asOf;
        this.onTestClock = onTestClock;
        this.timeZone = timeZone;
        this.ending = ending;
        this.grants = new KnownGrants(accountId);
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
        return ending.closedAt();
    }

    /** Whether its texts are to go, or are gone. */
    boolean isErasing() {
        return ending.erasing();
    }

    /** Of its texts. */
    Salt salt() {
        return ending.salt();
    }

    /** Whether this batch has brought it closer to its end. */
    boolean isEnding() {
        return endingChanged;
    }

    /** Closes it for good. */
    void close() {
        ends(ending.closed(asOf));
    }

    /** Its texts are to go from now on. */
    void erase() {
        ends(ending.toErase());
    }

    /** Its texts are gone, and with the salt what they could be found out by. */
    void erased() {
        ends(ending.withoutSalt());
    }

    private void ends(Ending further) {
        ending = further;
        endingChanged = true;
        changed = true;
    }

    /** As it was loaded, but for whose days count. */
    AccountState inTimeZone(ZoneId zone) {
        return new AccountState(accountId, seq, balance, held, owed, hash, asOf, onTestClock, zone.getId(), ending);
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

    /** What is to be settled from the next credits, whatever they are. */
    Credits owed() {
        return owed;
    }

    void owe(Credits credits) {
        owed = credits;
        changed = true;
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

    /** Its grants, as far as they were read. */
    KnownGrants grants() {
        return grants;
    }

    /** Those with something left; those that holds have kept come first. */
    OpenGrants open() {
        return grants.open();
    }

    /** Grants that have expired, and of which holds have kept what is left. */
    List<OpenGrant> kept() {
        return open().expired(asOf);
    }

    /** Grants that anybody may spend, in the order in which that happens. */
    Iterable<OpenGrant> unexpired() {
        return open().unexpired(asOf);
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

    void load(ReversibleDebit debit) {
        reversible.put(debit.debitId(), debit);
    }

    void load(Hold hold) {
        holds.put(hold.holdId(), hold);
    }

    /** Whether a grant that was loaded has expired by now. */
    boolean isExpired(UUID grantId) {
        OpenGrant grant = grants.get(grantId);
        return grant != null && grant.isExpired(asOf);
    }

    /** Applies one entry: the account moves to the next {@code seq}. */
    void apply(Posting.Entry entry) {
        grants.moved(entry.grantId(), entry.credits());
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

    Collection<Hold> changedHolds() {
        return changedHolds.values();
    }
}
