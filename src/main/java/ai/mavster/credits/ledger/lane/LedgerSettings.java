package ai.mavster.credits.ledger.lane;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the write path is cut. The defaults suit two cores and one PostgreSQL. */
@ConfigMapping(prefix = "credits.ledger")
public interface LedgerSettings {

    /** How many batches may be under way at once. An account is always in the same lane. */
    @WithDefault("4")
    int lanes();

    /** How many snapshots for questions may be under way at once. */
    @WithDefault("2")
    int readers();

    /** How many threads wait for accounts that are locked elsewhere, so that lanes need not. */
    @WithDefault("2")
    int waiters();

    /** How many commands, or questions, one transaction takes at most. */
    @WithDefault("500")
    int batch();

    /**
     * How many commands, or questions, may wait in one lane, and for locked accounts; further ones are turned away with
     * a 503.
     */
    @WithDefault("5000")
    int queue();

    /** How many accounts one transaction may cover: 1 for a database that is distributed by account. */
    @WithDefault("500")
    int accountsPerTransaction();

    /** How many of an account's open grants are read at first; where a debit needs more they are read again. */
    @WithDefault("32")
    int grants();

    /**
     * How long a command is tried, waiting included, before it is answered that the database is out of reach. While the
     * first in a lane has waited for longer, further ones are turned away with a 503.
     */
    @WithDefault("5S")
    Duration answerWithin();
}
