package ai.mavster.credits.ledger;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.posting.Posting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one transaction, decided one after another in memory. Each sees the effects of those before it.
 *
 * <p>Nothing is read or written here: what decisions need was read before, what they come to stays in the
 * {@link Journal} and in the participants' state.
 */
public final class Batch {

    private final Instant now;
    private final Map<String, BatchView> views = new HashMap<>();
    private final Map<String, AccountState> accounts = new HashMap<>();
    private final Set<String> lockedElsewhere;
    private final Idempotency idempotency;
    private final Prices.InBatch prices;
    private final List<Participant.InBatch> participants;
    private final Journal journal = new Journal();
    private final Expiry expiry = new Expiry(journal);
    private int heard;

    Batch(
            Instant now,
            Collection<AccountState> accounts,
            Set<String> lockedElsewhere,
            Idempotency idempotency,
            Prices.InBatch prices,
            List<Participant.InBatch> participants) {
        this.now = now;
        this.lockedElsewhere = lockedElsewhere;
        this.idempotency = idempotency;
        this.prices = prices;
        this.participants = participants;
        for (AccountState account : accounts) {
            this.accounts.put(account.accountId(), account);
            views.put(account.accountId(), new BatchView(account, this));
            expiry.bringUpTo(account, now);
        }
        letParticipantsHear();
    }

    /** Whether another transaction has an account: nothing of it can be decided here. */
    public boolean isLockedElsewhere(String accountId) {
        return lockedElsewhere.contains(accountId);
    }

    /**
     * Decides a command and has its effect, in memory; throws {@link InvalidInput} where it cannot be asked for now.
     */
    public <A> Outcome<A> decide(Command<A> command) {
        AccountState account = accounts.get(command.accountId());
        if (account == null && isLockedElsewhere(command.accountId())) {
            throw new IllegalStateException("Locked elsewhere");
        } else if (account == null) {
            return Outcome.refused(Refusal.noSuchAccount(command.accountId()));
        }
        Outcome<A> outcome = command.decideBy(new Turn(account, view(account)));
        if (outcome instanceof Outcome.Refused<A> refused) {
            journal.note(account, new Fact.Refused(command, refused.refusal()));
        }
        letParticipantsHear();
        return outcome;
    }

    /** An account for reading only; refused where there is no such account. */
    public <A> Outcome<A> read(String accountId, Function<AccountView, A> question) {
        AccountView view = views.get(accountId);
        return view == null
                ? Outcome.refused(Refusal.noSuchAccount(accountId))
                : Outcome.accepted(question.apply(view));
    }

    /** The id of the answer that is kept under a command's key; null: none is. */
    public @Nullable UUID answerId(Command<?> command) {
        return idempotency.answerId(command);
    }

    /** Lets the participants know that all of it is committed. */
    public void committed() {
        participants.forEach(Participant.InBatch::committed);
    }

    /** What participants have found to be wanting, before anything is decided. */
    List<Participant.Wanted> missing() {
        List<Participant.Wanted> missing = new ArrayList<>(0);
        for (BatchView view : views.values()) {
            participants.forEach(participant -> missing.addAll(participant.missing(view)));
        }
        return missing;
    }

    Collection<AccountState> accounts() {
        return accounts.values();
    }

    Idempotency idempotency() {
        return idempotency;
    }

    Prices.InBatch prices() {
        return prices;
    }

    Journal journal() {
        return journal;
    }

    List<Participant.InBatch> participants() {
        return participants;
    }

    <B extends Participant.InBatch> B participant(Class<B> type) {
        for (Participant.InBatch participant : participants) {
            if (type.isInstance(participant)) {
                return type.cast(participant);
            }
        }
        throw new IllegalStateException("No participant is a " + type.getName());
    }

    private BatchView view(AccountState account) {
        return Objects.requireNonNull(views.get(account.accountId()));
    }

    /** Of everything that has happened since the last time; what they publish comes after it. */
    private void letParticipantsHear() {
        for (; heard < journal.facts().size(); heard++) {
            Journal.Noted noted = journal.facts().get(heard);
            BatchView view = view(noted.account());
            for (Participant.InBatch participant : participants) {
                participant.hear(noted.fact(), view);
            }
        }
    }

    Instant now() {
        return now;
    }

    /** One command's turn on its account. */
    private final class Turn implements Command.Decider, Change.Effects {

        private final AccountState account;
        private final BatchView view;

        private Turn(AccountState account, BatchView view) {
            this.account = account;
            this.view = view;
        }

        @Override
        public Outcome<Posting> decide(Command.Debit debit) {
            return idempotency.once(debit, account.salt(), unlessClosed(() -> {
                BatchView.Attributed attributed = view.attributed(debit);
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
        public Outcome<Posting> decide(Command.Reversal reversal) {
            return idempotency.once(
                    reversal,
                    account.salt(),
                    unlessClosed(() -> post(
                            Decision.reversal(account, reversal),
                            effect -> journal.reversal(account, reversal, effect))));
        }

        @Override
        public Outcome<Posting> decide(Command.Withdrawal withdrawal) {
            return idempotency.once(
                    withdrawal,
                    account.salt(),
                    unlessClosed(() -> post(
                            Decision.withdrawal(account, withdrawal),
                            effect -> journal.withdrawal(account, withdrawal, effect))));
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
            for (Participant.InBatch participant : participants) {
                if (participant.settle(view)) {
                    account.touch();
                }
            }
            return Outcome.accepted(view);
        }

        @Override
        public <B extends Participant.InBatch, A> Outcome<A> decide(Command.OfFeature<B, A> command) {
            B state = participant(command.decidedWith());
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
        public Outcome<Hold> reserve(Change.Reservation reservation) {
            Refusal refusal = view.refusal(
                    new AccountView.Need(reservation.credits(), reservation.purpose(), reservation.from()));
            return refusal == null
                    ? Outcome.accepted(journal.reserve(account, reservation, view.open(reservation.from())))
                    : Outcome.refused(refusal);
        }

        @Override
        public Outcome<Hold> extend(Change.Extension extension) {
            Hold hold = known(extension.holdId());
            Refusal refusal = view.refusal(hold, extension.credits());
            return refusal == null
                    ? Outcome.accepted(journal.extend(account, hold, extension))
                    : Outcome.refused(refusal);
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
            expiry.advance(account, to);
            return Outcome.accepted(account.asOf());
        }

        private Outcome<Posting> post(Decision.Decided decided, Function<Decision.Effect, Posting> posting) {
            return decided.fold(effect -> Outcome.accepted(posting.apply(effect)), Outcome::refused);
        }
    }
}
