package ai.mavster.credits.ledger;

import ai.mavster.credits.Refusal;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The answer to a command: accepted, with all of its effect, or refused, with none.
 *
 * @param <A> what an accepted command answers
 */
public sealed interface Outcome<A> {

    <T> T fold(BiFunction<A, Boolean, T> accepted, Function<Refusal, T> refused);

    /** The same with another answer, made of this one and of whether it is a replay. */
    default <B> Outcome<B> map(BiFunction<A, Boolean, B> answer) {
        return fold((told, replayed) -> new Accepted<>(answer.apply(told, replayed), replayed), Refused::new);
    }

    static <A> Outcome<A> accepted(A answer) {
        return new Accepted<>(answer, false);
    }

    static <A> Outcome<A> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /**
     * @param replayed the command had its effect earlier, under the same idempotency key; this is the first answer again
     */
    record Accepted<A>(A answer, boolean replayed) implements Outcome<A> {
        @Override
        public <T> T fold(BiFunction<A, Boolean, T> accepted, Function<Refusal, T> refused) {
            return accepted.apply(answer, replayed);
        }
    }

    record Refused<A>(Refusal refusal) implements Outcome<A> {
        @Override
        public <T> T fold(BiFunction<A, Boolean, T> accepted, Function<Refusal, T> refused) {
            return refused.apply(refusal);
        }
    }
}
