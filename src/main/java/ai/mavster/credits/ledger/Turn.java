package ai.mavster.credits.ledger;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.idempotency.Idempotency;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One command's turn on its account, within its batch. */
final class Turn implements Command.Decider, Change.Effects {

    private final Batch batch;
    private final AccountState account;
    private final BatchView view;
    private final Idempotency idempotency;
    private final Journal journal;

    /**
     * What a debit is of, and the open ones of the holds that it may draw on.
     *
     * @param refusal why it is no debit of that run; null: it is
     * @param invalid what it says that cannot be so of that run; null: nothing
     */
    record Attributed(
            Purpose purpose,
            List<Hold> holds,
            @Nullable Refusal refusal,
            @Nullable InvalidInput invalid) {}

    Turn(Batch batch, AccountState account, BatchView view) {
        this.batch = batch;
        this.account = account;
        this.view = view;
        this.idempotency = batch.idempotency();
        this.journal = batch.journal();
    }

    @Override
    public Outcome<Posting> decide(Command.Debit debit) {
        return idempotency.once(debit, account.salt(), unlessClosed(() -> {
            Attributed attributed = view.attributed(debit);
            if (attributed.invalid() != null) {
                throw attributed.invalid();
            }
            return post(
                    view.decided(debit, attributed),
                    effect -> journal.debit(account, debit, attributed.purpose(), effect));
        }));
    }

    /** A repeat is known by its key first; beyond that nothing is done for an account that is closed. */
    private <A> Supplier<Outcome<A>> unlessClosed(Supplier<Outcome<A>> decision) {
        Refusal closed = view.closed();
        return closed == null ? decision : () -> Outcome.refused(closed);
    }

    @Override
    public Outcome<Posting> decide(Command.Grant grant) {
        return idempotency.once(grant, account.salt(), unlessClosed(() -> grant(grant.at(account.asOf()))));
    }

    @Override
    public Outcome<Posting> decide(Correction.Reversal reversal) {
        return idempotency.once(
                reversal,
                account.salt(),
                unlessClosed(() -> post(
                        CorrectionDecision.reversal(account, reversal),
                        effect -> journal.reversal(account, reversal, effect))));
    }

    @Override
    public Outcome<Posting> decide(Correction.Withdrawal withdrawal) {
        return idempotency.once(
                withdrawal,
                account.salt(),
                unlessClosed(() -> post(
                        CorrectionDecision.withdrawal(account, withdrawal),
                        effect -> journal.withdrawal(account, withdrawal, effect))));
    }

    @Override
    public Outcome<Posting> decide(Correction.Clawback clawback) {
        return idempotency.once(clawback, account.salt(), unlessClosed(() -> clawBack(clawback)));
    }

    @Override
    public Outcome<Posting> decide(Correction.Reinstatement reinstatement) {
        return idempotency.once(reinstatement, account.salt(), unlessClosed(() -> reinstate(reinstatement)));
    }

    @Override
    public Outcome<AccountView> decide(Command.Close close) {
        journal.close(account, close);
        return Outcome.accepted(view);
    }

    @Override
    public Outcome<AccountView> decide(Command.Erase erase) {
        if (account.closedAt() == null) {
            return Outcome.refused(Refusals.notClosed(account.accountId()));
        }
        if (!account.isErasing()) {
            account.erase();
        }
        if (erase.gone() && !account.salt().isErased()) {
            account.erased();
        }
        return Outcome.accepted(view);
    }

    @Override
    public Outcome<AccountView> decide(Command.Expire expire) {
        for (Participant.InBatch participant : batch.participants()) {
            if (participant.settle(view)) {
                account.touch();
            }
        }
        return Outcome.accepted(view);
    }

    @Override
    public <B extends Participant.InBatch, A> Outcome<A> decide(Command.OfFeature<B, A> command) {
        B state = batch.participant(command.decidedWith());
        Supplier<Outcome<A>> decision = () -> carriedOut(command.decide(state, view));
        return idempotency
                .once(
                        command,
                        account.salt(),
                        command.answerType(),
                        view::nextId,
                        command.isForClosedToo() ? decision : unlessClosed(decision))
                .map((answer, replayed) -> command.complete(state, answer));
    }

    /** What a feature has changed is written at the account's time, be it that no credits have moved. */
    private <A> Outcome<A> carriedOut(Change<A> change) {
        Outcome<A> outcome = change.carryOut(this);
        if (outcome instanceof Outcome.Accepted<A> && change.isWritten()) {
            account.touch();
        }
        return outcome;
    }

    @Override
    public Outcome<Posting> grant(Command.Grant grant) {
        return post(Decision.grant(account, grant), effect -> journal.grant(account, grant));
    }

    @Override
    public Outcome<Posting> clawBack(Correction.Clawback clawback) {
        beRead(clawback.grantId());
        return post(
                CorrectionDecision.clawback(account, clawback), effect -> journal.clawback(account, clawback, effect));
    }

    @Override
    public Outcome<Posting> reinstate(Correction.Reinstatement reinstatement) {
        beRead(reinstatement.grantId());
        return post(
                CorrectionDecision.reinstatement(account, reinstatement),
                effect -> journal.reinstatement(account, reinstatement));
    }

    /** A feature's command may name a grant that only its rows know: it is read then, and decided anew. */
    private void beRead(UUID grantId) {
        if (!account.grants().isKnown(grantId)) {
            throw new Participant.NotRead(List.of(new GrantTable.Named(account.accountId(), grantId)));
        }
    }

    @Override
    public Outcome<Hold> reserve(Change.Reservation reservation) {
        Refusal refusal =
                view.refusal(new AccountView.Need(reservation.credits(), reservation.purpose(), reservation.from()));
        return refusal == null
                ? Outcome.accepted(journal.reserve(account, reservation, view.open(reservation.from())))
                : Outcome.refused(refusal);
    }

    @Override
    public Outcome<Hold> extend(Change.Extension extension) {
        Hold hold = known(extension.holdId());
        Refusal refusal = view.refusal(hold, extension.credits());
        return refusal == null ? Outcome.accepted(journal.extend(account, hold, extension)) : Outcome.refused(refusal);
    }

    @Override
    public Outcome<Hold> release(UUID holdId, @Nullable UUID recipientId) {
        Hold recipient = recipientId == null ? null : known(recipientId);
        return Outcome.accepted(journal.release(account, known(holdId), recipient));
    }

    private Hold known(UUID holdId) {
        Hold hold = account.hold(holdId);
        if (hold == null) {
            throw new IllegalStateException("Hold " + holdId + " was not read with the batch");
        }
        return hold;
    }

    @Override
    public Outcome<Instant> advance(Instant to) {
        if (!account.isOnTestClock()) {
            return Outcome.refused(Refusals.noTestClock(account.accountId()));
        }
        if (to.isBefore(account.asOf())) {
            return Outcome.refused(Refusals.testClockAhead(account.asOf()));
        }
        batch.expiry().advance(account, to);
        return Outcome.accepted(account.asOf());
    }

    private Outcome<Posting> post(Decision.Decided decided, Function<Decision.Effect, Posting> posting) {
        return decided.fold(effect -> Outcome.accepted(posting.apply(effect)), Outcome::refused);
    }
}
