package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a feature's command comes to: refused, or accepted with at most one effect on credits. The effect comes first
 * and may itself be refused; then the command's own change is made in its participant's state, which also makes the
 * answer.
 *
 * @param <A> the answer
 */
public sealed interface Change<A> {

    /** Has the effect, if there is one, and then makes the change. */
    Outcome<A> carryOut(Effects effects);

    /** Whether there is something to be written of it. */
    default boolean isWritten() {
        return true;
    }

    /** The effects there are, by the ledger's own rules. */
    interface Effects {

        Outcome<Posting> grant(Command.Grant grant);

        Outcome<Posting> clawBack(Correction.Clawback clawback);

        Outcome<Posting> reinstate(Correction.Reinstatement reinstatement);

        Outcome<Hold> reserve(Reservation reservation);

        Outcome<Hold> extend(Extension extension);

        Outcome<Hold> release(UUID holdId, @Nullable UUID recipientId);

        /** Where the clock is set then. */
        Outcome<Instant> advance(Instant to);
    }

    /**
     * Credits to be reserved by a new hold, for a time from now on.
     *
     * @param from holds that it takes over from, as far as they go and in this order, before anything is reserved anew
     */
    record Reservation(Credits credits, Duration lasts, Purpose purpose, List<UUID> from) {

        public Reservation {
            from = List.copyOf(from);
        }
    }

    /**
     * More to be reserved by a hold, all of it for a time from now on.
     *
     * @param credits zero: only the time
     * @param lasts null: as long as it was set last
     */
    record Extension(UUID holdId, Credits credits, @Nullable Duration lasts) {}

    static <A> Change<A> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** Nothing changes, so nothing is written. */
    static <A> Change<A> unchanged(A answer) {
        return new Unchanged<>(answer);
    }

    /** Nothing happens to credits. */
    static <A> Change<A> accepted(Supplier<A> then) {
        return new Plain<>(then);
    }

    /**
     * Gives credits.
     *
     * @param grant has no key of its own: a repeat is recognized by the command's
     */
    static <A> Change<A> granting(Command.Grant grant, Function<Posting, A> then) {
        return new WithEffect<>(effects -> effects.grant(withoutKey(grant)), then);
    }

    /**
     * Claims credits back of a grant that was paid for: takes what is left of it and not held, and has the rest owed.
     *
     * @param clawback has no key of its own
     */
    static <A> Change<A> clawingBack(Correction.Clawback clawback, Function<Posting, A> then) {
        return new WithEffect<>(effects -> effects.clawBack(withoutKey(clawback)), then);
    }

    /**
     * Gives credits back that were clawed back.
     *
     * @param reinstatement has no key of its own
     */
    static <A> Change<A> reinstating(Correction.Reinstatement reinstatement, Function<Posting, A> then) {
        return new WithEffect<>(effects -> effects.reinstate(withoutKey(reinstatement)), then);
    }

    private static <C extends Command.Posts> C withoutKey(C effect) {
        if (effect.idempotencyKey() != null) {
            throw new IllegalArgumentException("A key stands for a whole command, not for the effect that it has");
        }
        return effect;
    }

    static <A> Change<A> reserving(Reservation reservation, Function<Hold, A> then) {
        return new WithEffect<>(effects -> effects.reserve(reservation), then);
    }

    static <A> Change<A> extending(Extension extension, Function<Hold, A> then) {
        return new WithEffect<>(effects -> effects.extend(extension), then);
    }

    /**
     * What is left of the hold is reserved no longer; but what it took over from others and did not use goes on being
     * reserved by another.
     *
     * @param recipientId the hold that gets that; null: none, and it is reserved no longer either
     */
    static <A> Change<A> releasing(UUID holdId, @Nullable UUID recipientId, Function<Hold, A> then) {
        return new WithEffect<>(effects -> effects.release(holdId, recipientId), then);
    }

    /** The account's test clock is set forward, through everything that expires on the way, each at its instant. */
    static <A> Change<A> advancing(Instant to, Function<Instant, A> then) {
        return new WithEffect<>(effects -> effects.advance(to), then);
    }

    /** The same with another answer. */
    default <B> Change<B> map(Function<A, B> answer) {
        return new Mapped<>(this, answer);
    }

    /** Nothing happens, and why. */
    record Refused<A>(Refusal refusal) implements Change<A> {
        @Override
        public Outcome<A> carryOut(Effects effects) {
            return Outcome.refused(refusal);
        }
    }

    /** Accepted, and all is as it was. */
    record Unchanged<A>(A answer) implements Change<A> {
        @Override
        public Outcome<A> carryOut(Effects effects) {
            return Outcome.accepted(answer);
        }

        @Override
        public boolean isWritten() {
            return false;
        }
    }

    /** Accepted without an effect. */
    record Plain<A>(Supplier<A> then) implements Change<A> {
        @Override
        public Outcome<A> carryOut(Effects effects) {
            return Outcome.accepted(then.get());
        }
    }

    /** Accepted with one, unless that is refused. */
    record WithEffect<E, A>(Function<Effects, Outcome<E>> effect, Function<E, A> then) implements Change<A> {
        @Override
        public Outcome<A> carryOut(Effects effects) {
            return effect.apply(effects).fold((done, replayed) -> Outcome.accepted(then.apply(done)), Outcome::refused);
        }
    }

    /** Another's, with another answer. */
    record Mapped<A, B>(Change<A> change, Function<A, B> answer) implements Change<B> {
        @Override
        public Outcome<B> carryOut(Effects effects) {
            return change.carryOut(effects)
                    .fold((done, replayed) -> Outcome.accepted(answer.apply(done)), Outcome::refused);
        }

        @Override
        public boolean isWritten() {
            return change.isWritten();
        }
    }
}
