package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A feature that has a say or a row in every ledger transaction. Implementations are beans; the ledger finds them all and knows none.
 *
 * <p>For each batch: {@link #begin} loads, under the accounts' locks, what the feature's decisions need, with one set-based statement
 * rather than one per account; then each command is decided; then {@link Work#write} adds the feature's rows to the batch, and all of it
 * commits at once. A batch that has to be tried again starts over with a new {@link Work}.
 */
public interface Participant {

    /**
     * @param accountIds the accounts of the batch; all exist, and are locked unless this is a preview
     * @param now the instant as of which the batch is decided
     */
    Work begin(Connection connection, Collection<String> accountIds, Instant now) throws SQLException;

    /** What the feature's open holds reserve of an account: the proof compares their sum with what the balance row says is held. */
    default Credits reserved(Connection connection, String accountId) throws SQLException {
        return Credits.ZERO;
    }

    /** What a participant knows and does within one batch. */
    interface Work {

        /** Whether credits may be spent as this debit asks; null: nothing against it. Must not change anything. */
        default @Nullable Refusal objection(Command.Debit debit, AccountState account) {
            return null;
        }

        /** Told of each posting of the batch, expiries too; the account already shows its effect. A replay posts nothing. */
        default void posted(Posting posting, AccountState account) {}

        /** Told of each command that was refused. */
        default void refused(Command<?> command, Refusal refusal, AccountState account) {}

        /** Adds the feature's rows to the batch. Not called for a preview. */
        default void write(Connection connection) throws SQLException {}
    }
}
