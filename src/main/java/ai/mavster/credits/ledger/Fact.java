package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Posting;
import java.util.List;

/**
 * Something that has happened to an account within a batch, which every participant hears of in order. These are the
 * ledger's; features publish their own ({@link AccountView#publish}).
 */
public interface Fact {

    /** Whether more may be spent now than before, so that callers who wait for credits may go on. */
    default boolean mayFreeCredits() {
        return false;
    }

    /** A posting was made, expiries too, and drew so much on holds. A replay posts nothing. */
    record Posted(Posting posting, List<Capture> captures) implements Fact {
        @Override
        public boolean mayFreeCredits() {
            return switch (posting.kind()) {
                case DEBIT, CLAWBACK, SETTLEMENT -> false;
                default -> true;
            };
        }
    }

    /** What a debit drew on a hold. */
    record Capture(Hold hold, Credits credits) {}

    /**
     * Credits were reserved, by a new hold or one that was extended or was given something back.
     *
     * @param hold as it is then
     * @param added what of it no other hold had reserved before: by so much the account has less to spend
     */
    record Held(Hold hold, Credits credits, Credits added) implements Fact {}

    /**
     * What was left of a hold, or a part of it, is reserved by it no longer, since its end was asked for or another
     * hold took it over. That one's {@link Held} follows in the same batch: nobody could spend it in between.
     */
    record Released(Hold hold, Credits credits) implements Fact {
        @Override
        public boolean mayFreeCredits() {
            return true;
        }
    }

    /** What was left of a hold is reserved no longer, since its time was over. */
    record HoldExpired(Hold hold, Credits credits) implements Fact {
        @Override
        public boolean mayFreeCredits() {
            return true;
        }
    }

    /** An account was closed: whatever goes on for it ends now. What it held is released already. */
    record Closed(Command.Close command) implements Fact {}

    /** A command was refused. */
    record Refused(Command<?> command, Refusal refusal) implements Fact {}
}
