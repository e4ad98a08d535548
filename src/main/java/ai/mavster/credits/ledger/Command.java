package ai.mavster.credits.ledger;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.posting.CanonicalForm;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.ledger.posting.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change to one account that is asked for. It is decided under the account's lock, and either has all of its effect
 * or none. A decision throws {@link InvalidInput} for what cannot be asked for at that time; whatever may change
 * meanwhile is checked there and not before, so that a repeat is known by its key first.
 *
 * @param <A> what it answers when it is accepted
 */
public sealed interface Command<A> {

    String accountId();

    /**
     * Unique within the account, whatever the command. With one, the command takes effect once: sent again with the
     * same {@link #fingerprint} it gets the first answer, with another it is refused. Null where a repeat is harmless
     * by nature.
     */
    default @Nullable String idempotencyKey() {
        return null;
    }

    /**
     * A digest of everything that was asked for, to tell a repeat from another request under the same key, from any caller.
     *
     * @param salt the account's, without which nobody may be able to find out the {@link Texts} by trying: they enter
     *     by their {@linkplain Salt#digest(Texts) digest} alone
     */
    default byte[] fingerprint(Salt salt) {
        return new byte[0];
    }

    /** As what its refusals are counted: one of a few words, whatever it asks for. */
    default String countedAs() {
        return "other";
    }

    /** Lets the decider see which command this is; a new kind of command fails to compile until it is handled there. */
    Outcome<A> decideBy(Decider decider);

    /** A command that is answered with what it has posted. */
    sealed interface Posts extends Command<Posting> permits Debit, Grant, Correction {

        /** Who has it posted. */
        Author author();

        Texts texts();
    }

    /**
     * Spend credits.
     *
     * @param credits how many, zero or more; null: as many as the purpose's action costs when it is decided. A free
     *     action still needs the subscription
     * @param onInsufficient what to do when fewer may be spent
     * @param ofKnownRun refuse it unless the run of its purpose is known
     */
    record Debit(
            String accountId,
            @Nullable String idempotencyKey,
            @Nullable Credits credits,
            OnInsufficient onInsufficient,
            Purpose purpose,
            boolean ofKnownRun,
            Texts texts,
            Author author)
            implements Posts {

        @Override
        public String countedAs() {
            return "debit";
        }

        /** One that only asks what would be. */
        public static Debit asked(
                String accountId, @Nullable Credits credits, OnInsufficient onInsufficient, Purpose purpose) {
            return new Debit(accountId, null, credits, onInsufficient, purpose, false, Texts.NONE, Author.NOBODY);
        }

        @Override
        public byte[] fingerprint(Salt salt) {
            return new CanonicalForm()
                    .add("debit")
                    .add(credits == null ? -1 : credits.millionths())
                    .add(onInsufficient.name())
                    .add(purpose)
                    .add(salt.digest(texts))
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /** What a debit does when fewer credits may be spent than it asks for. */
    enum OnInsufficient {
        REFUSE,
        /** Take what there is; refuse only if that is nothing. */
        TAKE_AVAILABLE
    }

    /**
     * Give credits.
     *
     * @param credits how many, more than zero
     * @param amount what was paid for them, as far as known
     * @param expiresAt from when on what is left of them counts for nothing; null: never
     * @param onlyUnexpired it is invalid if that has come when it is decided; else it is given, and expires at once, as
     *     a missed month's may
     */
    record Grant(
            String accountId,
            @Nullable String idempotencyKey,
            GrantKind kind,
            Credits credits,
            @Nullable Money amount,
            @Nullable Instant expiresAt,
            boolean onlyUnexpired,
            Texts texts,
            Author author)
            implements Posts {

        /** This one, at the account's time. */
        Grant at(Instant now) {
            if (onlyUnexpired && expiresAt != null && !expiresAt.isAfter(now)) {
                throw new InvalidInput("expires_at", "must lie in the future");
            }
            return this;
        }

        @Override
        public byte[] fingerprint(Salt salt) {
            return new CanonicalForm()
                    .add("grant")
                    .add(kind.name())
                    .add(credits.millionths())
                    .add(amount)
                    .add(expiresAt)
                    .add(salt.digest(texts))
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /**
     * Close an account for good: what is held is released, and nothing is done for it any more, but for what expires.
     * Closing it once more changes nothing, unless what is left is to be voided now.
     *
     * @param voids what is left of its credits is taken back; or else it is kept, for nobody to spend
     * @param author who has it closed
     */
    record Close(String accountId, boolean voids, Author author) implements Command<AccountView> {

        @Override
        public Outcome<AccountView> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /**
     * Have the texts of a closed account erased: asked for first, and once they are gone its salt goes too. Repeating
     * either changes nothing.
     *
     * @param gone they are
     */
    record Erase(String accountId, boolean gone) implements Command<AccountView> {

        @Override
        public Outcome<AccountView> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /**
     * Bring an idle account up to date: what has expired is taken out, which every other command does first anyway; and
     * participants {@linkplain Participant.InBatch#settle end} what is over.
     */
    record Expire(String accountId) implements Command<AccountView> {

        @Override
        public Outcome<AccountView> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /**
     * A feature's own change, decided with what its participant has read under the lock.
     *
     * @param <B> the participant's state of the batch, which the decision reads and which keeps the rows to write
     */
    non-sealed interface OfFeature<B extends Participant.InBatch, A> extends Command<A> {

        /** Whose state it is decided with. */
        Class<B> decidedWith();

        /** What it answers: with an idempotency key, a record that JSON can carry, for a repeat is given it again. */
        Class<A> answerType();

        /**
         * How far it may set the account's test clock forward: what expires until then is read with it. Null: it does
         * not.
         */
        default @Nullable Instant advancesTo() {
            return null;
        }

        /**
         * Whether it is decided for a closed account too, so that what still comes in for it is kept. It must not move
         * credits there.
         */
        default boolean isForClosedToo() {
            return false;
        }

        /** Decides without changing anything; what is to change happens in the {@link Change}. */
        Change<A> decide(B state, AccountView account);

        /**
         * The answer with that which is not kept with its key, since it may be erased one day; the same for a first
         * answer and for a repeat.
         */
        default A complete(B state, A answer) {
            return answer;
        }

        @Override
        default Outcome<A> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /** Decides each kind of command. */
    interface Decider {

        Outcome<Posting> decide(Debit debit);

        Outcome<Posting> decide(Grant grant);

        Outcome<Posting> decide(Correction.Reversal reversal);

        Outcome<Posting> decide(Correction.Withdrawal withdrawal);

        Outcome<Posting> decide(Correction.Clawback clawback);

        Outcome<Posting> decide(Correction.Reinstatement reinstatement);

        Outcome<AccountView> decide(Close close);

        Outcome<AccountView> decide(Erase erase);

        Outcome<AccountView> decide(Expire expire);

        <B extends Participant.InBatch, A> Outcome<A> decide(OfFeature<B, A> command);
    }
}
