package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change to one account that somebody asks for. It is decided under the account's lock, and either has all of its effect or none.
 *
 * @param <A> what it answers when it is accepted
 */
public sealed interface Command<A> {

    String accountId();

    /** Unique within the account; null where a repeat is harmless by nature. */
    default @Nullable String idempotencyKey() {
        return null;
    }

    /** Lets the decider see which command this is; a new kind of command fails to compile until it is handled there. */
    Outcome<A> decideBy(Decider decider, AccountState account);

    /**
     * A command of the ledger's own. With an idempotency key it takes effect once: whoever sends the key again gets the first posting.
     */
    sealed interface Keyed extends Command<Posting> {

        @Override
        @Nullable
        String idempotencyKey();

        /** A digest of everything that was asked for, to tell a repeat from another request under the same key. */
        byte[] fingerprint();
    }

    /**
     * Spend credits.
     *
     * @param credits how many, zero or more; null: as many as the purpose's action costs when it is decided. A free action still needs
     *     the subscription
     * @param onInsufficient what to do when fewer are available
     */
    record Debit(
            String accountId,
            @Nullable String idempotencyKey,
            @Nullable Credits credits,
            OnInsufficient onInsufficient,
            Purpose purpose)
            implements Keyed {

        @Override
        public byte[] fingerprint() {
            return new CanonicalForm()
                    .add("debit")
                    .add(credits == null ? -1 : credits.millionths())
                    .add(onInsufficient.name())
                    .add(purpose)
                    .sha256();
        }

        Debit at(Credits price) {
            return credits == null ? new Debit(accountId, idempotencyKey, price, onInsufficient, purpose) : this;
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider, AccountState account) {
            return decider.decide(this, account);
        }
    }

    /** What a debit does when fewer credits are available than it asks for. */
    enum OnInsufficient {
        REFUSE,
        /** Take what there is; refuse only if that is nothing. */
        TAKE_AVAILABLE
    }

    /**
     * Give credits.
     *
     * @param credits how many, more than zero
     * @param expiresAt from when on what is left of them counts for nothing; null: never
     */
    record Grant(
            String accountId,
            @Nullable String idempotencyKey,
            GrantKind kind,
            Credits credits,
            @Nullable Instant expiresAt,
            @Nullable String reference,
            @Nullable String note)
            implements Keyed {

        @Override
        public byte[] fingerprint() {
            return new CanonicalForm()
                    .add("grant")
                    .add(kind.name())
                    .add(credits.millionths())
                    .add(expiresAt)
                    .add(reference)
                    .add(note)
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider, AccountState account) {
            return decider.decide(this, account);
        }
    }

    /**
     * Give a debit's credits back to the grants they came from, last taken first.
     *
     * @param credits how many; null: all that is left of the debit
     */
    record Reversal(
            String accountId,
            @Nullable String idempotencyKey,
            UUID debitId,
            @Nullable Credits credits,
            @Nullable String note)
            implements Keyed {

        @Override
        public byte[] fingerprint() {
            return new CanonicalForm()
                    .add("reversal")
                    .add(debitId.toString())
                    .add(credits == null ? null : credits.toString())
                    .add(note)
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider, AccountState account) {
            return decider.decide(this, account);
        }
    }

    /** Bring an idle account up to date: what has expired is taken out. Every other command does this first anyway. */
    record Settle(String accountId) implements Command<AccountState> {

        @Override
        public Outcome<AccountState> decideBy(Decider decider, AccountState account) {
            return decider.decide(this, account);
        }
    }

    /**
     * Set the account's test clock forward, through whatever expires on the way at its instant. It stops where something is due that takes a
     * command of its own, so as not to pass it ({@link Participant.Work#dueAt}); asked again when that is done, it goes on.
     *
     * @param to where to, no earlier than it stands
     */
    record Advance(String accountId, Instant to) implements Command<Instant> {

        @Override
        public Outcome<Instant> decideBy(Decider decider, AccountState account) {
            return decider.decide(this, account);
        }
    }

    /**
     * A feature's own change, decided with what its participant has loaded under the lock. Deciding it again after it took effect must
     * change nothing; where it has an idempotency key the feature keeps it, and says so by {@link Participant.Work#knows}.
     *
     * @param <W> the participant's work, which holds the state that the decision needs and takes down the rows to write
     */
    non-sealed interface Feature<W extends Participant.Work, A> extends Command<A> {

        Class<W> decidedWith();

        /** Decides without changing anything; what is to change happens in {@link Change#then}. */
        Change<A> decide(W work, Books books);

        @Override
        default Outcome<A> decideBy(Decider decider, AccountState account) {
            return decider.decide(this, account);
        }
    }

    /**
     * What a feature's command comes to.
     *
     * @param refusal why nothing happens; null: it happens
     * @param grant credits to post with it, if any
     * @param reserve credits to set aside for a hold; negative: to set aside no longer
     * @param then takes the change down in the participant's work, given the grant's posting if there was one, and answers
     */
    record Change<A>(
            @Nullable Refusal refusal, @Nullable Grant grant, Credits reserve, Function<@Nullable Posting, A> then) {

        public static <A> Change<A> of(@Nullable Grant grant, Function<@Nullable Posting, A> then) {
            return new Change<>(null, grant, Credits.ZERO, then);
        }

        /** Sets credits aside, which must be available; or, negative, no longer. */
        public static <A> Change<A> reserving(Credits credits, Supplier<A> then) {
            return new Change<>(null, null, credits, posting -> then.get());
        }

        public static <A> Change<A> refused(Refusal refusal) {
            return new Change<>(refusal, null, Credits.ZERO, posting -> {
                throw new IllegalStateException("refused");
            });
        }
    }

    /** Decides each kind of command. */
    interface Decider {

        Outcome<Posting> decide(Debit debit, AccountState account);

        Outcome<Posting> decide(Grant grant, AccountState account);

        Outcome<Posting> decide(Reversal reversal, AccountState account);

        Outcome<AccountState> decide(Settle settle, AccountState account);

        /** Where the clock stands then. */
        Outcome<Instant> decide(Advance advance, AccountState account);

        <W extends Participant.Work, A> Outcome<A> decide(Feature<W, A> feature, AccountState account);
    }
}
