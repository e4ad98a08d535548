package ai.mavster.credits.ledger;

import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.hold.Hold;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * Brings accounts up to their time: ends the holds that have expired, and takes out the credits that have, but for what
 * holds keep.
 */
final class Expiry {

    private final Journal journal;

    Expiry(Journal journal) {
        this.journal = journal;
    }

    /**
     * The real time, unless the account has its own; never earlier than what was written of it last, whatever the
     * clocks say.
     */
    void bringUpTo(AccountState account, Instant now) {
        boolean later = !account.isOnTestClock() && now.isAfter(account.asOf());
        turn(account, later ? now : account.asOf());
    }

    /**
     * Sets a test clock forward, through each instant at which something expires: it leaves the same entries in one go
     * as in many.
     */
    void advance(AccountState account, Instant to) {
        while (account.asOf().isBefore(to)) {
            turn(account, nextExpiry(account, to));
        }
    }

    /**
     * When the next of its credits or of its holds expires: after its time, before an instant; if none does, that
     * instant.
     */
    private static Instant nextExpiry(AccountState account, Instant before) {
        Instant next = before;
        Iterator<OpenGrant> grants = account.unexpired().iterator();
        if (grants.hasNext()) {
            Instant at = grants.next().expiresAt();
            next = at != null && at.isBefore(next) ? at : next;
        }
        for (Hold hold : account.holds()) {
            Instant at = hold.expiresAt();
            next = hold.isOpen() && at.isAfter(account.asOf()) && at.isBefore(next) ? at : next;
        }
        return next;
    }

    private void turn(AccountState account, Instant to) {
        Instant since = account.asOf();
        account.turnTo(to);
        List<Hold> expired = account.holds().stream()
                .filter(hold -> hold.isOpen() && hold.isExpired(to))
                .toList();
        for (Hold hold : expired) {
            account.change(hold.release());
            journal.note(account, new Fact.HoldExpired(hold.release(), hold.remaining()));
        }
        journal.expire(account, Decision.expire(account, expired, since));
    }
}
