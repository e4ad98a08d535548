package ai.mavster.credits.waiting;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import java.util.List;

/**
 * What somebody waits for of an account. Equal ones are asked once in each look, so an implementation is a record.
 *
 * @param <A> what it is answered with
 */
public interface Question<A> {

    /** Commands by whose decisions it is answered: what has to be read for it beside the account. */
    default List<Command<?>> about() {
        return List.of();
    }

    /** Whether there is nothing to wait for any more. */
    boolean isMet(AccountView account);

    /** The answer, be it that it is met or that the time is over. */
    A answer(AccountView account);
}
