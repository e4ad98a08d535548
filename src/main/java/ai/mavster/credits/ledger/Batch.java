package ai.mavster.credits.ledger;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.idempotency.Idempotency;
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
        Outcome<A> outcome = command.decideBy(new Turn(this, account, view(account)));
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

    Expiry expiry() {
        return expiry;
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
}
