package ai.mavster.credits.ledger;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.posting.CanonicalForm;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.ledger.posting.Texts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands that put right what was posted before, by a posting of their own. */
public sealed interface Correction extends Command.Posts {

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
            Texts texts,
            Author author)
            implements Correction {

        @Override
        public byte[] fingerprint(Salt salt) {
            return new CanonicalForm()
                    .add("reversal")
                    .add(debitId.toString())
                    .add(credits == null ? null : credits.toString())
                    .add(salt.digest(texts))
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /**
     * Take credits back that were not spent: a void of one grant, or an adjustment of the account, which takes from the
     * grants that would be spent next. Never what is held. It asks no subscription, and is no usage.
     *
     * @param grantId null: an adjustment
     * @param credits how many, more than zero; null: all that can be taken
     */
    record Withdrawal(
            String accountId,
            @Nullable String idempotencyKey,
            @Nullable UUID grantId,
            @Nullable Credits credits,
            Texts texts,
            Author author)
            implements Correction {

        PostingKind kind() {
            return grantId == null ? PostingKind.ADJUSTMENT : PostingKind.VOID;
        }

        @Override
        public byte[] fingerprint(Salt salt) {
            return new CanonicalForm()
                    .add("withdrawal")
                    .add(grantId)
                    .add(credits == null ? null : credits.toString())
                    .add(salt.digest(texts))
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /**
     * Claim a grant's credits back, since what was paid for them was given back or is disputed: what is left of it and
     * not held is taken, and the rest is owed from now on. It is never refused for want of credits, asks no
     * subscription, and is no usage.
     *
     * @param credits how many, more than zero and no more than the grant had; of all clawbacks of a grant, less what was
     *     reinstated, the caller sees to that
     */
    record Clawback(
            String accountId,
            @Nullable String idempotencyKey,
            UUID grantId,
            Credits credits,
            Texts texts,
            Author author)
            implements Correction {

        @Override
        public byte[] fingerprint(Salt salt) {
            return new CanonicalForm()
                    .add("clawback")
                    .add(grantId)
                    .add(credits.millionths())
                    .add(salt.digest(texts))
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }

    /**
     * Give back credits that were clawed back, by a grant of the kind top-up. As all that comes in it settles what is
     * owed first.
     *
     * @param grantId the grant they were clawed back from
     * @param credits how many, more than zero and no more than were clawed back: the caller sees to that
     * @param amount what of the payment they stand for, as far as known
     */
    record Reinstatement(
            String accountId,
            @Nullable String idempotencyKey,
            UUID grantId,
            Credits credits,
            @Nullable Money amount,
            Texts texts,
            Author author)
            implements Correction {

        @Override
        public byte[] fingerprint(Salt salt) {
            return new CanonicalForm()
                    .add("reinstatement")
                    .add(grantId)
                    .add(credits.millionths())
                    .add(amount)
                    .add(salt.digest(texts))
                    .sha256();
        }

        @Override
        public Outcome<Posting> decideBy(Decider decider) {
            return decider.decide(this);
        }
    }
}
