package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.sql.RoundTrip;
import java.time.Instant;
import java.util.List;

/** What debits cost that name an action instead of an amount. */
public interface Prices {

    /**
     * @param reads takes what the prices need
     * @param debits those without an amount; may be none
     * @return to be asked once that is read
     */
    InBatch read(RoundTrip reads, List<Command.Debit> debits);

    /** The prices of one batch. */
    interface InBatch {

        /** What a debit costs at the time of its account, zero or more; or why that cannot be said. */
        Outcome<Credits> price(Command.Debit debit, Instant at);
    }
}
