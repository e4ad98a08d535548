package ai.mavster.credits.ledger;

import java.time.Instant;
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
            turn(account, account.nextExpiry(to));
        }
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
