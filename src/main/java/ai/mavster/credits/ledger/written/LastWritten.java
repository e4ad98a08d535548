package ai.mavster.credits.ledger.written;

import java.time.Instant;

/**
 * An account as it was written last. Two that are equal mean that nothing was written between them; of an account on a
 * test clock, that no credits have moved and none were reserved.
 *
 * @param seq how many entries there were
 * @param balance in millionths, and so are the other amounts
 * @param asOf when that was, by the account's time
 */
public record LastWritten(
        String accountId, long seq, long balance, long held, long owed, Instant asOf, boolean onTestClock) {}
