package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature that has a say or a row in every ledger transaction. Implementations are beans; the ledger finds them all and knows none.
 *
 * <p>For each batch: {@link #begin} adds to the batch's reads what the feature's decisions need, as set-based statements rather than one
 * an account; once all is read each command is decided; then {@link Work#write} adds the feature's rows to the batch's writes, and all of
 * it commits at once. A batch that has to be tried again starts over with a new {@link Work}.
 */
public interface Participant {

    /**
     * @param reads runs once the accounts are locked (or in one snapshot, where nothing is to change), before any decision
     * @return what will know what was read
     */
    Work begin(RoundTrip reads, Scope scope);

    /**
     * What a batch is about.
     *
     * @param accountIds its accounts; there may be none of that name
     * @param commands what is to be decided; empty where the accounts are only looked at
     * @param from the time before anything was read. Decisions are as of a later one, by seconds where locks are waited for; or of wherever
     *     an account's test clock stands, where nothing is left that has expired, but for what it may be advanced to
     */
    record Scope(Set<String> accountIds, List<Command<?>> commands, Instant from) {}

    /**
     * What a debit that names an action instead of an amount costs, or why that cannot be said.
     *
     * @param credits zero or more; null: refused
     */
    record Price(@Nullable Credits credits, @Nullable Refusal refusal) {}

    /** What the feature's open holds reserve of an account: the proof compares their sum with what the balance row says is held. */
    default Credits reserved(Connection connection, String accountId) throws SQLException {
        return Credits.ZERO;
    }

    /**
     * Accounts that have something of the feature's to be settled by now, which nothing does for them while they are idle.
     *
     * @param after only those with a greater id, in the order of their ids
     */
    default List<String> accountsToSettle(Connection connection, Instant now, String after, int limit)
            throws SQLException {
        return List.of();
    }

    /** What a participant knows and does within one batch. */
    interface Work {

        /**
         * How much of the account's held credits is no longer reserved as of now. Asked before anything is decided, and once more each time
         * that a test clock has been set forward.
         */
        default Credits lapsed(AccountState account, Instant now) {
            return Credits.ZERO;
        }

        /** When the next of what is reserved will be reserved no longer: after one instant, before another; null: nothing will by then. */
        default @Nullable Instant lapsesAt(AccountState account, Instant after, Instant before) {
            return null;
        }

        /** Since when, by that instant, something is due that takes a command of the feature's own; null: nothing is. */
        default @Nullable Instant dueAt(AccountState account, Instant by) {
            return null;
        }

        /** Whether a command of this feature took effect under that idempotency key: it is no other command's any more. */
        default boolean knows(String accountId, String idempotencyKey) {
            return false;
        }

        /** The price of a debit that names none; null: not for this feature to say. Must not change anything. */
        default @Nullable Price price(Command.Debit debit, Instant now) {
            return null;
        }

        /** How much of the account's held credits is reserved for just this debit. Must not change anything. */
        default Credits reservedFor(Command.Debit debit, AccountState account, Instant now) {
            return Credits.ZERO;
        }

        /** Whether credits may be spent as this debit asks, which has its price; null: nothing against it. Must not change anything. */
        default @Nullable Refusal objection(Command.Debit debit, AccountState account, Instant now) {
            return null;
        }

        /**
         * Told of each posting of the batch, expiries too; the account already shows its effect. A replay posts nothing. A debit has
         * drawn on what is {@link #reservedFor} it as far as that went.
         */
        default void posted(Posting posting, AccountState account) {}

        /** Told of each command that was refused. */
        default void refused(Command<?> command, Refusal refusal, AccountState account, Instant now) {}

        /** Adds the feature's rows to the batch's writes. Not called where the accounts are only looked at. */
        default void write(RoundTrip writes) {}

        /** Told once all of it is committed. */
        default void committed() {}
    }
}
