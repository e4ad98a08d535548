package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature that has a say or a row in every ledger transaction. Implementations are beans; the ledger finds them all and knows none.
 *
 * <p>For each batch: {@link #begin} adds to the batch's reads what the feature's decisions need, as set-based statements rather than one
 * an account; once all is read each command is decided; then {@link Work#write} adds the feature's rows to the batch's writes, and all of it
 * commits at once. A batch that has to be tried again starts over with a new {@link Work}.
 */
public interface Participant {

    /**
     * @param reads runs once the accounts are locked (or in one snapshot, where nothing is to change), before any decision
     * @param accountIds the accounts of the batch; there may be none of that name
     * @param commands what is to be decided; empty where the accounts are only looked at
     * @return what will know what was read
     */
    Work begin(RoundTrip reads, Collection<String> accountIds, List<? extends Command<?>> commands);

    /** What the feature's open holds reserve of an account: the proof compares their sum with what the balance row says is held. */
    default Credits reserved(Connection connection, String accountId) throws SQLException {
        return Credits.ZERO;
    }

    /** What a participant knows and does within one batch. */
    interface Work {

        /** Whether credits may be spent as this debit asks; null: nothing against it. Must not change anything. */
        default @Nullable Refusal objection(Command.Debit debit, AccountState account, Instant now) {
            return null;
        }

        /** Told of each posting of the batch, expiries too; the account already shows its effect. A replay posts nothing. */
        default void posted(Posting posting, AccountState account) {}

        /** Told of each command that was refused. */
        default void refused(Command<?> command, Refusal refusal, AccountState account, Instant now) {}

        /** Adds the feature's rows to the batch's writes. Not called where the accounts are only looked at. */
        default void write(RoundTrip writes) {}
    }
}
