package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.UuidV7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one transaction, decided one after another in memory. Each sees the effects of those before it.
 *
 * <p>Nothing is read or written here: what decisions need was loaded before, what they come to stays in the {@link Journal} and in the
 * participants' work.
 */
final class Batch implements Command.Decider {

    private static final Refusal KEY_REUSED = Refusal.of(
            Refusal.Code.IDEMPOTENCY_KEY_REUSED,
            "This idempotency key was used on this account for another request. Use a new key.");

    private final Instant now;
    private final Map<String, AccountState> accounts;
    private final Map<Key, Posting> known;
    private final List<Participant.Work> works;
    private final Journal journal;
    private final Settlement settlement;
    private int announced;

    /** An idempotency key in its scope. */
    record Key(String accountId, String idempotencyKey) {}

    /**
     * @param known the postings that idempotency keys of this batch already have; is added to
     */
    Batch(Instant now, Collection<AccountState> accounts, Map<Key, Posting> known, List<Participant.Work> works) {
        this.now = now;
        this.accounts = new HashMap<>();
        this.known = known;
        this.works = works;
        this.journal = new Journal(now);
        this.settlement = new Settlement(now, works, journal);
        for (AccountState account : accounts) {
            this.accounts.put(account.accountId(), account);
            settlement.settle(account);
        }
        announce();
    }

    Collection<AccountState> accounts() {
        return accounts.values();
    }

    Journal journal() {
        return journal;
    }

    List<Participant.Work> works() {
        return works;
    }

    <A> Outcome<A> decide(Command<A> command) {
        AccountState account = accounts.get(command.accountId());
        if (account == null) {
            return Outcome.refused(Refusal.noSuchAccount(command.accountId()));
        }
        Outcome<A> outcome = command.decideBy(this, account);
        if (outcome instanceof Outcome.Refused<A> refused) {
            works.forEach(work -> work.refused(command, refused.refusal(), account, account.asOf(now)));
        }
        announce();
        return outcome;
    }

    /** Tells the participants of what was posted since the last time. */
    private void announce() {
        List<Posting> postings = journal.postings();
        for (; announced < postings.size(); announced++) {
            Posting posting = postings.get(announced);
            AccountState account = Objects.requireNonNull(accounts.get(posting.accountId()));
            works.forEach(work -> work.posted(posting, account));
        }
    }

    @Override
    public Outcome<Posting> decide(Command.Debit debit, AccountState account) {
        return once(debit, () -> post(decided(debit, account), effect -> journal.post(account, debit, effect)));
    }

    private Decision.Decided decided(Command.Debit debit, AccountState account) {
        Instant asOf = account.asOf(now);
        Participant.Price price = price(debit, asOf);
        if (price.credits() == null) {
            return new Decision.Refused(Objects.requireNonNull(price.refusal()));
        }
        Command.Debit priced = debit.at(price.credits());
        List<Refusal> objections = new ArrayList<>(0);
        Credits reserved = Credits.ZERO;
        for (Participant.Work work : works) {
            Refusal objection = work.objection(priced, account, asOf);
            if (objection != null) {
                objections.add(objection);
            }
            reserved = reserved.plus(work.reservedFor(priced, account, asOf));
        }
        return Decision.debit(account, priced, price.credits(), reserved, objections);
    }

    private Participant.Price price(Command.Debit debit, Instant asOf) {
        if (debit.credits() != null) {
            return new Participant.Price(debit.credits(), null);
        }
        for (Participant.Work work : works) {
            Participant.Price price = work.price(debit, asOf);
            if (price != null) {
                return price;
            }
        }
        throw new IllegalStateException("Nobody knows prices");
    }

    @Override
    public Outcome<Posting> decide(Command.Grant grant, AccountState account) {
        return once(grant, () -> post(Decision.grant(account, grant), effect -> journal.post(account, grant)));
    }

    @Override
    public Outcome<Posting> decide(Command.Reversal reversal, AccountState account) {
        return once(
                reversal,
                () -> post(
                        Decision.reversal(account, reversal),
                        effect -> journal.post(
                                account,
                                reversal,
                                Objects.requireNonNull(account.reversible(reversal.debitId())),
                                effect)));
    }

    private static Outcome<Posting> post(Decision.Decided decided, Function<Decision.Effect, Posting> journal) {
        return decided.fold(effect -> Outcome.accepted(journal.apply(effect)), Outcome::refused);
    }

    @Override
    public Outcome<AccountState> decide(Command.Settle settle, AccountState account) {
        return Outcome.accepted(account);
    }

    @Override
    public Outcome<Instant> decide(Command.Advance advance, AccountState account) {
        Refusal refusal = Decision.advance(account, advance);
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        settlement.advance(account, advance.to());
        return Outcome.accepted(account.asOf(now));
    }

    @Override
    public <W extends Participant.Work, A> Outcome<A> decide(Command.Feature<W, A> feature, AccountState account) {
        Key key = key(feature);
        if (key != null && known.containsKey(key)) {
            return Outcome.refused(KEY_REUSED);
        }
        Command.Change<A> change = feature.decide(work(feature.decidedWith()), new Look(account));
        if (change.refusal() != null) {
            return Outcome.refused(change.refusal());
        }
        account.reserve(change.reserve());
        if (change.reserve().isNegative()) {
            // What a hold had kept from expiring.
            journal.settle(account);
        }
        if (change.grant() == null) {
            return Outcome.accepted(change.then().apply(null));
        }
        return decide(change.grant(), account)
                .fold((posting, replayed) -> Outcome.accepted(change.then().apply(posting)), Outcome::refused);
    }

    private <W extends Participant.Work> W work(Class<W> type) {
        return works.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    /** An account's books, to be looked at only; refused where there is no such account. */
    <A> Outcome<A> look(String accountId, Function<Books, A> question) {
        AccountState account = accounts.get(accountId);
        return account == null
                ? Outcome.refused(Refusal.noSuchAccount(accountId))
                : Outcome.accepted(question.apply(new Look(account)));
    }

    private final class Look implements Books {

        private final AccountState account;

        private Look(AccountState account) {
            this.account = account;
        }

        @Override
        public AccountState account() {
            return account;
        }

        @Override
        public Instant asOf() {
            return account.asOf(now);
        }

        @Override
        public UUID newId() {
            return account.newId(now);
        }

        @Override
        public UUID nextId() {
            return UuidV7.next(now);
        }

        @Override
        public <W extends Participant.Work> W work(Class<W> type) {
            return Batch.this.work(type);
        }

        @Override
        public @Nullable Refusal refusal(Command.Debit debit) {
            return decided(debit, account).fold(effect -> null, refusal -> refusal);
        }
    }

    /** A key that has a posting gets it again, or is refused where it was used for something else; a new one is decided. */
    private Outcome<Posting> once(Command.Keyed command, Supplier<Outcome<Posting>> decision) {
        Key key = key(command);
        Posting earlier = key == null ? null : known.get(key);
        if (earlier != null) {
            return Arrays.equals(earlier.fingerprint(), command.fingerprint())
                    ? new Outcome.Accepted<>(earlier, true)
                    : Outcome.refused(KEY_REUSED);
        }
        if (key != null && works.stream().anyMatch(work -> work.knows(key.accountId(), key.idempotencyKey()))) {
            return Outcome.refused(KEY_REUSED);
        }
        Outcome<Posting> outcome = decision.get();
        if (key != null && outcome instanceof Outcome.Accepted<Posting> accepted) {
            known.put(key, accepted.answer());
        }
        return outcome;
    }

    static @Nullable Key key(Command<?> command) {
        String key = command.idempotencyKey();
        return key == null ? null : new Key(command.accountId(), key);
    }
}
