package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.sql.RoundTrip;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A feature that has a say or a row in every ledger transaction. Implementations are beans; the ledger finds them all
 * and knows none. The package's documentation shows how one joins.
 *
 * <p>For each batch: {@link #read} adds to the batch's reads what the feature's decisions need, as set-based statements
 * rather than one an account; once all is read each command is decided; then {@link InBatch#write} adds the feature's
 * rows to the batch's writes, and all of it commits at once. A batch that has to be tried again starts over with a new
 * {@link InBatch}.
 */
public interface Participant {

    /**
     * Its place among the participants, which are asked, hear and write in this order, lowest first. No two may have
     * the same.
     */
    int order();

    /**
     * @param reads runs once the accounts are locked (or in one snapshot, where nothing is to change), before any
     *     decision
     * @return the feature's state of the batch
     */
    InBatch read(RoundTrip reads, Scope scope);

    /**
     * Which accounts have something of the feature's that time has ended, and that a job is to write down where nobody
     * uses them: a query for {@code account_id} whose one parameter is the time. It is asked every minute, so it goes by
     * an index that has little more than what is asked for. Null: nothing of it ends by time.
     */
    default @Nullable String accountsToSettle() {
        return null;
    }

    /**
     * What a batch is about.
     *
     * @param accountIds its accounts; there may be none of that name
     * @param commands what is to be decided; where accounts are only read, what is asked about
     * @param from the time before anything was read. Decisions are as of a later one, by seconds where locks are waited
     *     for
     * @param holds takes the holds that the participant finds, so that debits may draw on them and commands name them
     * @param also what participants have found to be {@linkplain NotRead wanting}; each reads its own
     */
    record Scope(
            Set<String> accountIds, List<Command<?>> commands, Instant from, Consumer<Hold> holds, Set<Wanted> also) {}

    /**
     * Something that is to be read only where it is needed, and of which only what was read says so. Equal where the
     * same is meant.
     */
    interface Wanted {

        String accountId();
    }

    /** What a participant knows and does within one batch. */
    interface InBatch {

        /**
         * What else of an account its decisions need, now that all was read: it is read with all else, once more, before
         * any of them. Whatever is not foreseen here is asked for by a {@link NotRead}.
         */
        default List<Wanted> missing(AccountView account) {
            return List.of();
        }

        /** Which run a debit is of; null: not for this feature to say. Must not change anything. */
        default @Nullable Attribution attribute(Command.Debit debit, AccountView account) {
            return null;
        }

        /**
         * How much of a charge may pass; null: any. Asked with what is held and spent as it will be when the charge is
         * made. Must not change anything.
         */
        default @Nullable Limit limit(Charge charge, AccountView account) {
            return null;
        }

        /**
         * Adds to a 402 what the feature knows that helps: members, or a way out that fits better. Asked only where
         * something is refused. Must not change anything.
         */
        default Refusal explain(Refusal refusal, AccountView account) {
            return refusal;
        }

        /**
         * Something has happened; the account already shows it. May publish what follows from it, which is heard after
         * this.
         */
        default void hear(Fact fact, AccountView account) {}

        /**
         * Ends what is over by the account's time, as {@link Command.Expire} asks.
         *
         * @return whether there is something to be written
         */
        default boolean settle(AccountView account) {
            return false;
        }

        /** Adds the feature's rows to the batch's writes. Not called where accounts are only read. */
        default void write(RoundTrip writes) {}

        /** All of it is committed. */
        default void committed() {}
    }

    /**
     * What a debit is of.
     *
     * @param purpose the debit's own, with what its run adds
     * @param holds which holds it may draw on, in this order
     * @param refusal why it is no debit of that run; null: it is
     * @param invalid what the debit says that cannot be so of that run, said once its key is known to be new; null:
     *     nothing
     */
    record Attribution(
            Purpose purpose,
            List<UUID> holds,
            @Nullable Refusal refusal,
            @Nullable InvalidInput invalid) {

        /** Where the debit may be made. */
        public Attribution(Purpose purpose, List<UUID> holds) {
            this(purpose, holds, null, null);
        }

        public static Attribution refused(Purpose purpose, Refusal refusal) {
            return new Attribution(purpose, List.of(), refusal, null);
        }
    }

    /**
     * Credits that are about to be taken: spent by a debit, or reserved by a hold.
     *
     * @param purpose what they are for, as its run has it
     * @param credits how many are asked for
     * @param holds which holds it may draw on, in this order; what it draws was counted as held, and is counted as
     *     spent instead
     */
    record Charge(Purpose purpose, Credits credits, List<Hold> holds) {

        public Charge {
            holds = List.copyOf(holds);
        }

        /** What its holds have left for it. */
        public Credits reserved() {
            return holds.stream().map(Hold::remaining).reduce(Credits.ZERO, Credits::plus);
        }

        /**
         * How much may be charged, so that a count of what is spent and held grows by no more than it may. What its
         * holds have left and the count has in it only turns from held into spent, or from one hold's into another's:
         * it passes, be it that a limit was lowered since. What comes from other holds, or from what is available, is
         * counted anew. Holds are drawn on in their order, so one that the count does not know may stand before one
         * that it does.
         *
         * @param counted whether a hold is in the count
         * @param room how much the count may grow by; nothing, where it is less than nothing
         */
        public Credits most(Predicate<Hold> counted, Credits room) {
            Credits most = Credits.ZERO;
            Credits left = room.max(Credits.ZERO);
            for (Hold hold : holds) {
                if (counted.test(hold)) {
                    most = most.plus(hold.remaining());
                } else if (left.isLessThan(hold.remaining())) {
                    return most.plus(left);
                } else {
                    most = most.plus(hold.remaining());
                    left = left.minus(hold.remaining());
                }
            }
            return most.plus(left);
        }
    }

    /**
     * How much of a charge may pass ({@link Charge#most}).
     *
     * @param most null: nothing at all, not even a free action
     * @param refusal why not more
     */
    record Limit(@Nullable Credits most, Refusal refusal) {

        /** Nothing passes, not even a free action. */
        public static Limit nothing(Refusal refusal) {
            return new Limit(null, refusal);
        }

        boolean isBelow(Credits credits) {
            return most == null || most.isLessThan(credits);
        }

        /** So many credits, or less, can pass it. */
        Credits clamp(Credits credits) {
            return most == null ? Credits.ZERO : credits.min(most).max(Credits.ZERO);
        }
    }

    /**
     * A decision, or a question, needs something of a participant's that was not read: only what was read says that it is
     * needed. It is asked again, with that read too ({@link Scope#also}).
     */
    final class NotRead extends RuntimeException {

        private final List<Wanted> wanted;

        public NotRead(Collection<? extends Wanted> wanted) {
            super("More is needed than was read", null, false, false);
            this.wanted = List.copyOf(wanted);
        }

        /** What is to be read. */
        public List<Wanted> wanted() {
            return wanted;
        }

        /**
         * Has more read the next time.
         *
         * @throws IllegalStateException if all of it was read this time: it would be wanted for ever
         */
        public static void add(Collection<Wanted> more, Set<Wanted> also) {
            if (!also.addAll(more)) {
                throw new IllegalStateException("Was read, and is wanted again: " + more);
            }
        }
    }
}
