package ai.mavster.credits.testclock;

import ai.mavster.credits.ledger.Command;
import java.time.Instant;

/** The command of a test clock, which other packages do not know, for tests that ask it of the ledger. */
public final class AdvanceClock {

    private AdvanceClock() {}

    public static Command<Instant> to(String accountId, Instant to) {
        return new AdvanceTestClock(accountId, to);
    }
}
