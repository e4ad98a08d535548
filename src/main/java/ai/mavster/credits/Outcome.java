package ai.mavster.credits;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
    default <B> Outcome<B> map(BiFunction<A, Boolean, B> mapping) {
        return fold((answer, replayed) -> new Accepted<>(mapping.apply(answer, replayed), replayed), Refused::new);
    }

    /**
     * The answer.
     *
     * @throws RefusalException if there is none
     */
    default A orThrow() {
        return fold((answer, replayed) -> answer, refusal -> {
            throw new RefusalException(refusal);
        });
    }

    /**
     * Blocks until there is an answer.
     *
     * @throws RefusalException if the command was refused
     * @throws Unavailable if it could not be answered; any other exception that the stage ends with is thrown in the
     *     same way
     */
    static <A> A await(CompletionStage<Outcome<A>> stage) {
        return join(stage).orThrow();
    }

    /**
     * Blocks until a stage is complete.
     *
     * @throws Unavailable if what it waits for could not be answered; any other exception that it ends with is thrown
     *     in the same way
     */
    static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    static <A> Outcome<A> accepted(A answer) {
        return new Accepted<>(answer, false);
    }

    static <A> Outcome<A> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /**
     * @param replayed the command had its effect earlier, under the same idempotency key; this is the first answer
     *     again
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
