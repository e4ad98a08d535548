package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.OpenGrants;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account of a batch as features see it. */
final class BatchView implements AccountView {

    private static final Credits SMALLEST = new Credits(1);

    private final AccountState account;
    private final Batch batch;

    BatchView(AccountState account, Batch batch) {
        this.account = account;
        this.batch = batch;
    }

    @Override
    public String accountId() {
        return account.accountId();
    }

    @Override
    public Credits balance() {
        return account.balance();
    }

    @Override
    public Credits held() {
        return account.held();
    }

    @Override
    public Credits owed() {
        return account.owed();
    }

    @Override
    public long seq() {
        return account.seq();
    }

    @Override
    public long seqWhenRead() {
        return account.seqWhenLoaded();
    }

    @Override
    public Credits availableWhenRead() {
        return account.availableWhenLoaded();
    }

    @Override
    public Instant asOf() {
        return account.asOf();
    }

    @Override
    public boolean isOnTestClock() {
        return account.isOnTestClock();
    }

    @Override
    public @Nullable Instant closedAt() {
        return account.closedAt();
    }

    @Override
    public @Nullable Erasure erasure() {
        Erasure state = account.salt().isErased() ? Erasure.COMPLETED : Erasure.REQUESTED;
        return account.isErasing() ? state : null;
    }

    @Override
    public ZoneId timeZone() {
        return ZoneId.of(account.timeZone());
    }

    @Override
    public Salt salt() {
        return account.salt();
    }

    @Override
    public @Nullable Credits remaining(UUID grantId) {
        OpenGrant grant = account.open().get(grantId);
        return grant == null ? null : grant.remaining();
    }

    @Override
    public int burnRank(UUID grantId) {
        return account.open().rank(grantId);
    }

    @Override
    public OpenGrants.First openGrants(int most) {
        return account.open().first(most, asOf());
    }

    /** All that expires until then, but for what holds need. */
    @Override
    public Credits expiringBy(Instant instant) {
        Credits expiring = Credits.ZERO;
        for (OpenGrant grant : account.unexpired()) {
            if (!grant.isExpired(instant)) {
                break;
            }
            expiring = expiring.plus(grant.remaining());
        }
        return expiring.min(account.available());
    }

    @Override
    public @Nullable Hold hold(UUID holdId) {
        return account.hold(holdId);
    }

    @Override
    public @Nullable Instant debitedAt(UUID debitId) {
        ReversibleDebit debit = account.reversible(debitId);
        return debit == null ? null : debit.occurredAt();
    }

    @Override
    public UUID newId() {
        return account.newId();
    }

    @Override
    public UUID nextId() {
        return UuidV7.next(batch.now());
    }

    @Override
    public <B extends Participant.InBatch> B inBatch(Class<B> type) {
        return batch.participant(type);
    }

    /** That nothing is done for an account that is closed; null: it is not. */
    @Nullable
    Refusal closed() {
        Instant closedAt = closedAt();
        return closedAt == null ? null : Refusal.accountClosed(accountId(), closedAt);
    }

    @Override
    public @Nullable Refusal refusal(Need need) {
        Refusal closed = closed();
        if (closed != null) {
            return closed;
        }
        Credits credits = need.credits() == null ? SMALLEST : need.credits();
        Participant.Charge charge = new Participant.Charge(need.purpose(), credits, open(need.holds()));
        Refusal refusal = Decision.reserve(account, charge, limits(charge));
        if (refusal == null) {
            return null;
        }
        return explained(need.credits() == null ? ofAny(refusal, charge) : refusal);
    }

    /** The smallest amount that there is stands in for one that nobody has named, and is not shown. */
    private Refusal ofAny(Refusal refusal, Participant.Charge charge) {
        return refusal.code() == Refusal.Code.INSUFFICIENT_CREDITS
                ? Refusals.insufficient(
                        account, null, available().plus(charge.reserved()), held().minus(charge.reserved()))
                : refusal.with("required", null);
    }

    /**
     * Why a hold may not reserve so much more; null: it may. What it has reserved already is no help, and nothing to
     * wait for.
     */
    @Nullable
    Refusal refusal(Hold hold, Credits more) {
        Participant.Charge charge = new Participant.Charge(hold.purpose(), more, List.of());
        Refusal refusal = Decision.reserve(account, charge, limits(charge));
        if (refusal == null) {
            return null;
        }
        return explained(
                refusal.code() == Refusal.Code.INSUFFICIENT_CREDITS
                        ? Refusals.insufficient(account, more, available(), held().minus(hold.remaining()))
                        : refusal);
    }

    @Override
    public @Nullable Refusal barrier() {
        Refusal closed = closed();
        Participant.Charge charge = new Participant.Charge(Purpose.NONE, SMALLEST, List.of());
        return closed == null ? Decision.barrier(charge, limits(charge)) : closed;
    }

    @Override
    public Credits spendable(Purpose purpose) {
        Credits all = account.available().max(SMALLEST);
        Command.Debit debit =
                Command.Debit.asked(account.accountId(), all, Command.OnInsufficient.TAKE_AVAILABLE, purpose);
        return charge(debit, attributed(debit))
                .fold(
                        (charge, replayed) -> Decision.charged(account, charge, debit.onInsufficient(), limits(charge)),
                        Outcome::<Credits>refused)
                .fold((charged, replayed) -> charged, refusal -> Credits.ZERO);
    }

    /** Which run a debit is of. */
    Turn.Attributed attributed(Command.Debit debit) {
        Participant.Attribution attribution = null;
        for (Participant.InBatch participant : batch.participants()) {
            attribution = attribution == null ? participant.attribute(debit, this) : attribution;
        }
        return attribution == null
                ? new Turn.Attributed(debit.purpose(), List.of(), null, null)
                : new Turn.Attributed(
                        attribution.purpose(), open(attribution.holds()), attribution.refusal(), attribution.invalid());
    }

    /** Those of these holds that have something left. */
    List<Hold> open(List<UUID> holdIds) {
        List<Hold> holds = new ArrayList<>(holdIds.size());
        for (UUID holdId : holdIds) {
            Hold hold = account.hold(holdId);
            if (hold != null && hold.isOpen()) {
                holds.add(hold);
            }
        }
        return holds;
    }

    /** A debit as it would be decided now: at its price, within all limits. */
    Decision.Decided decided(Command.Debit debit, Turn.Attributed attributed) {
        return charge(debit, attributed)
                .fold(
                        (charge, replayed) -> Decision.debit(account, charge, debit.onInsufficient(), limits(charge)),
                        Decision.Refused::new)
                .fold(effect -> effect, refusal -> new Decision.Refused(explained(refusal)));
    }

    private Outcome<Participant.Charge> charge(Command.Debit debit, Turn.Attributed attributed) {
        Refusal refusal = attributed.refusal() == null ? closed() : attributed.refusal();
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        Outcome<Credits> price = debit.credits() == null
                ? batch.prices().price(debit, account.asOf())
                : Outcome.accepted(debit.credits());
        return price.fold(
                (credits, replayed) ->
                        Outcome.accepted(new Participant.Charge(attributed.purpose(), credits, attributed.holds())),
                Outcome::refused);
    }

    private List<Participant.Limit> limits(Participant.Charge charge) {
        List<Participant.Limit> limits = new ArrayList<>(0);
        for (Participant.InBatch participant : batch.participants()) {
            Participant.Limit limit = participant.limit(charge, this);
            if (limit != null) {
                limits.add(limit);
            }
        }
        return limits;
    }

    /** A 402 with what the account has, and what participants know that helps. */
    private Refusal explained(Refusal refusal) {
        if (!refusal.code().isPaymentRequired()) {
            return refusal;
        }
        Refusal explained = refusal.withUnlessTold("balance", balance())
                .withUnlessTold("held", held())
                .withUnlessTold("owed", owed());
        for (Participant.InBatch participant : batch.participants()) {
            explained = participant.explain(explained, this);
        }
        return explained;
    }

    @Override
    public void publish(Fact fact) {
        batch.journal().note(account, fact);
    }
}
