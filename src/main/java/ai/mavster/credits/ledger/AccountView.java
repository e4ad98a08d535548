package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.burndown.OpenGrants;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One account as of one instant, for reading. What has expired by then is already taken out. */
public interface AccountView {

    String accountId();

    /** All credits of the account, reserved ones too. */
    Credits balance();

    /** What open holds reserve of the balance. */
    Credits held();

    /** The balance less what is held. */
    default Credits available() {
        return balance().minus(held());
    }

    /**
     * What was clawed back and could not be taken any more: the next credits settle it first, whatever they are. It is
     * no part of the balance, and limits nothing.
     */
    Credits owed();

    /** The number of entries. */
    long seq();

    /**
     * The number of those that were written when the account was read: what has expired since is out of the balance,
     * and has no entry yet.
     */
    long seqWhenRead();

    /** What was available by those: before anything of this batch, and before what has expired since. */
    Credits availableWhenRead();

    /** The account's time: that of its test clock, or the real one. It never goes back. */
    Instant asOf();

    /** Whether it has a clock of its own, which stands still until it is set forward. */
    boolean isOnTestClock();

    /** Since when nothing is done for it any more; null: it is not closed. */
    @Nullable
    Instant closedAt();

    /** How far its texts are erased; null: that was not asked for. */
    @Nullable
    Erasure erasure();

    /** How far the texts of an account are erased. */
    @Schema(name = "ErasureState")
    enum Erasure {
        /** Some may be there yet. */
        REQUESTED,
        /** For good. */
        COMPLETED
    }

    /** Whose days count. */
    ZoneId timeZone();

    /** By which its texts are digested. */
    Salt salt();

    /**
     * What is left of a grant, and of an expired one what a hold has kept of it. Null: nothing, or it never expires and
     * so many others are spent before it that it was not read.
     */
    @Nullable
    Credits remaining(UUID grantId);

    /** A grant's place in the order in which credits are spent, from 1; 0 where {@link #remaining} is null. */
    int burnRank(UUID grantId);

    /**
     * The grants that have something left and have not expired, in the order in which they are spent; so many at most,
     * and fewer where not as many were read.
     */
    OpenGrants.First openGrants(int most);

    /** What will have expired by an instant if nothing is spent until then and everything stays held. */
    Credits expiringBy(Instant instant);

    /** A hold that was read with the batch; null: there is none. */
    @Nullable
    Hold hold(UUID holdId);

    /** When a debit occurred that a reversal of the batch names; null: there is none. */
    @Nullable
    Instant debitedAt(UUID debitId);

    /** An id of the account's time. */
    UUID newId();

    /** An id that sorts after all that this process made before, whatever the account's own clock says. */
    UUID nextId();

    /** What a participant knows of the account. */
    <B extends Participant.InBatch> B inBatch(Class<B> type);

    /**
     * Credits that are needed.
     *
     * @param credits how many; null: any will do
     * @param holds which holds they may come from, in this order, before they come from what is available
     */
    record Need(@Nullable Credits credits, Purpose purpose, List<UUID> holds) {}

    /**
     * Why they could not be spent or reserved now, by the decision that a debit or a hold would get; null: they could.
     */
    @Nullable
    Refusal refusal(Need need);

    /**
     * Why nothing could be spent for the account as a whole, however many credits it had: the subscription, or a limit.
     * Null: credits are all that it would take.
     */
    @Nullable
    Refusal barrier();

    /** How much a debit for this could take now, by the decision that it would get; zero where it would be refused. */
    Credits spendable(Purpose purpose);

    /**
     * Lets all participants hear of something that a feature has done. Only while a change is made, never while
     * accounts are read.
     */
    void publish(Fact fact);
}
