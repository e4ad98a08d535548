package ai.mavster.credits.ledger;

import java.time.Instant;
import java.util.List;

/** Brings the accounts of a batch up to their time: lets go of the holds that have expired, and takes out the credits that have. */
final class Settlement {

    private final Instant now;
    private final List<Participant.Work> works;
    private final Journal journal;

    Settlement(Instant now, List<Participant.Work> works, Journal journal) {
        this.now = now;
        this.works = works;
        this.journal = journal;
    }

    void settle(AccountState account) {
        for (Participant.Work work : works) {
            account.reserve(work.lapsed(account, account.asOf(now)).negated());
        }
        journal.settle(account);
    }

    /** Sets a test clock forward, through each instant at which something expires, and not past anything that is due and not done. */
    void advance(AccountState account, Instant to) {
        Instant end = to;
        for (Participant.Work work : works) {
            Instant due = work.dueAt(account, end);
            end = due == null ? end : due;
        }
        while (account.asOf(now).isBefore(end)) {
            account.advance(nextStop(account, end));
            settle(account);
        }
    }

    /** What expires is settled at its instant, however far the clock goes: it leaves the same entries in one go as in many. */
    private Instant nextStop(AccountState account, Instant end) {
        Instant after = account.asOf(now);
        Instant stop = account.nextExpiry(after, end);
        for (Participant.Work work : works) {
            Instant lapse = work.lapsesAt(account, after, stop);
            stop = lapse == null ? stop : lapse;
        }
        return stop;
    }
}
