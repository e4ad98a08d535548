package ai.mavster.credits.ledger;

import ai.mavster.credits.ledger.Participant.NotRead;
import ai.mavster.credits.ledger.burndown.GrantsToRead;
import ai.mavster.credits.ledger.burndown.OpenGrants;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.hold.HoldTable;
import ai.mavster.credits.ledger.idempotency.Idempotency;
import ai.mavster.credits.ledger.lane.LedgerSettings;
import ai.mavster.credits.ledger.posting.PostingTable;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.RoundTrip;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One database transaction over a batch: lock, read, decide, write, commit. Or the same without lock and write, to see
 * what would be.
 */
@Singleton
public class BatchTransaction {

    /** Longer than any lock is waited for: what expires until the decision is among what was read. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** After whatever may expire. */
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    /** How long one account's lock is waited for at a time. */
    public static final Duration PATIENCE = Duration.ofMillis(100);

    /** What a transaction does about accounts that others have locked. */
    public enum Locking {
        /** It leaves them out. */
        SKIP,
        /**
         * It waits for them; longer than {@link #PATIENCE} is a failure. For one account only, or they might wait for
         * each other in a circle.
         */
        WAIT
    }

    private final Connections connections;
    private final List<Participant> participants;
    private final Prices prices;
    private final Idempotency.Answers answers;
    private final boolean ofOneAccount;
    private final int grantsAtFirst;
    private final Clock clock;

    BatchTransaction(
            Connections connections,
            @All List<Participant> participants,
            Prices prices,
            Idempotency.Answers answers,
            LedgerSettings settings,
            Clock clock) {
        this.connections = connections;
        this.participants = inOrder(participants);
        this.prices = prices;
        this.answers = answers;
        this.grantsAtFirst = settings.grants();
        this.ofOneAccount = settings.accountsPerTransaction() == 1;
        this.clock = clock;
    }

    private static List<Participant> inOrder(List<Participant> participants) {
        List<Participant> ordered = new ArrayList<>(participants);
        ordered.sort(Comparator.comparingInt(Participant::order));
        for (int i = 1; i < ordered.size(); i++) {
            if (ordered.get(i).order() == ordered.get(i - 1).order()) {
                throw new IllegalStateException(
                        "Two participants have the place " + ordered.get(i).order());
            }
        }
        return List.copyOf(ordered);
    }

    /**
     * Has commands decided, and commits what they come to.
     *
     * @param decide decides each of them in the batch, but for those of accounts that are
     *     {@linkplain Batch#isLockedElsewhere locked elsewhere}
     */
    public Batch run(List<Command<?>> commands, Locking locking, Consumer<Batch> decide) throws SQLException {
        try (Connection connection = connections.open()) {
            Batch batch;
            try {
                batch = decided(connection, commands, locking, decide);
                write(connection, batch);
            } catch (SQLException | RuntimeException | Error e) {
                // Of whatever kind: closing a connection in mid-transaction would commit what was written so far.
                Connections.rollback(connection, e);
                throw e;
            }
            Connections.commit(connection);
            return batch;
        }
    }

    /**
     * Once, unless a decision needs more of an account's grants than were read, or something of a participant's that
     * was not: then all over again, with that.
     */
    private Batch decided(Connection connection, List<Command<?>> commands, Locking locking, Consumer<Batch> decide)
            throws SQLException {
        GrantsToRead grants = new GrantsToRead(grantsAtFirst);
        Set<Participant.Wanted> also = new LinkedHashSet<>(0);
        while (true) {
            try {
                Batch batch = load(connection, commands, locking, grants, also);
                List<Participant.Wanted> missing = batch.missing();
                if (!missing.isEmpty()) {
                    throw new NotRead(missing);
                }
                decide.accept(batch);
                return batch;
            } catch (OpenGrants.NotRead e) {
                grants.widen(e.accountId());
            } catch (NotRead e) {
                NotRead.add(e.wanted(), also);
            }
        }
    }

    private Batch load(
            Connection connection,
            List<Command<?>> commands,
            Locking locking,
            GrantsToRead grants,
            Set<Participant.Wanted> also)
            throws SQLException {
        Set<String> accountIds = new TreeSet<>();
        commands.forEach(command -> accountIds.add(command.accountId()));
        RoundTrip reads = roundTrip(accountIds);
        Map<String, AccountState> accounts = new HashMap<>();
        Idempotency idempotency = new Idempotency(answers);
        BalanceTable.lock(reads, accountIds, locking, accounts);
        idempotency.find(reads, commands);
        List<Participant.InBatch> inBatch = begin(reads, accountIds, commands, accounts, also);
        Prices.InBatch pricesInBatch = prices.read(reads, withoutPrice(commands));
        GrantTable.readOpenGrants(reads, accountIds, grants, accounts);
        GrantTable.readNamed(reads, commands, also, accounts);
        reads.run(connection);
        idempotency.complete(connection, () -> roundTrip(accountIds));
        Set<String> lockedElsewhere = lockedElsewhere(connection, accountIds, accounts.keySet());
        return new Batch(now(), accounts.values(), lockedElsewhere, idempotency, pricesInBatch, inBatch);
    }

    /** Of those that were not locked the ones that there are: some of others', and maybe one that was made just now. */
    private Set<String> lockedElsewhere(Connection connection, Set<String> accountIds, Set<String> locked)
            throws SQLException {
        if (locked.size() == accountIds.size()) {
            return Set.of();
        }
        Set<String> missing = new TreeSet<>(accountIds);
        missing.removeAll(locked);
        Set<String> existing = new HashSet<>();
        RoundTrip look = roundTrip(missing);
        BalanceTable.readExisting(look, missing, existing);
        look.run(connection);
        return existing;
    }

    private static List<Command.Debit> withoutPrice(List<Command<?>> commands) {
        List<Command.Debit> debits = new ArrayList<>(0);
        for (Command<?> command : commands) {
            if (command instanceof Command.Debit debit && debit.credits() == null) {
                debits.add(debit);
            }
        }
        return debits;
    }

    private void write(Connection connection, Batch batch) throws SQLException {
        RoundTrip writes =
                roundTrip(batch.accounts().stream().map(AccountState::accountId).toList());
        GrantTable.write(writes, batch.accounts(), batch.journal().openedGrants());
        PostingTable.insert(writes, batch.journal().postings());
        BalanceTable.write(writes, batch.accounts());
        HoldTable.write(
                writes,
                batch.accounts().stream()
                        .flatMap(account -> account.changedHolds().stream())
                        .toList());
        batch.idempotency().write(writes);
        batch.participants().forEach(participant -> participant.write(writes));
        writes.run(connection);
    }

    /**
     * The accounts as of now, in one consistent snapshot, without locking or writing anything. Unknown ones are left
     * out. Of their grants all that expire are read, and the first of the others.
     *
     * @param about commands of theirs, for what these would be decided by is read too
     * @param also what participants have found to be wanting; asking the batch for more gets a {@link Participant.NotRead}
     */
    public Batch read(Set<String> accountIds, List<Command<?>> about, Set<Participant.Wanted> also)
            throws SQLException {
        GrantsToRead grants = new GrantsToRead(grantsAtFirst);
        while (true) {
            RoundTrip reads = roundTrip(accountIds);
            Map<String, AccountState> accounts = new HashMap<>();
            BalanceTable.read(reads, accountIds, accounts);
            List<Participant.InBatch> inBatch = begin(reads, accountIds, about, accounts, also);
            Prices.InBatch pricesInBatch = prices.read(reads, List.of());
            GrantTable.readOpenGrants(reads, accountIds, grants, accounts);
            connections.read(reads);
            List<AccountState> tooFew = accounts.values().stream()
                    .filter(account -> !account.open().hasAllExpiring())
                    .toList();
            if (tooFew.isEmpty()) {
                return new Batch(now(), accounts.values(), Set.of(), new Idempotency(answers), pricesInBatch, inBatch);
            }
            tooFew.forEach(account -> grants.widen(account.accountId()));
        }
    }

    private List<Participant.InBatch> begin(
            RoundTrip reads,
            Set<String> accountIds,
            List<Command<?>> commands,
            Map<String, AccountState> accounts,
            Set<Participant.Wanted> also) {
        Consumer<Hold> holds = hold -> {
            AccountState account = accounts.get(hold.accountId());
            if (account != null) {
                account.load(hold);
            }
        };
        Instant from = now();
        HoldTable.readExpiring(reads, expiring(accountIds, commands, from), holds);
        Participant.Scope scope = new Participant.Scope(accountIds, commands, from, holds, also);
        List<Participant.InBatch> inBatch = new ArrayList<>(participants.size());
        for (Participant participant : participants) {
            inBatch.add(participant.read(reads, scope));
        }
        return inBatch;
    }

    /** Until soon; of an account whose test clock is to be set forward, up to there; of one to be closed, all. */
    private static List<HoldTable.Until> expiring(
            Collection<String> accountIds, List<Command<?>> commands, Instant from) {
        Map<String, Instant> until = new HashMap<>();
        accountIds.forEach(accountId -> until.put(accountId, from.plus(MARGIN)));
        for (Command<?> command : commands) {
            if (command instanceof Command.Close) {
                until.put(command.accountId(), EVER);
            } else if (command instanceof Command.OfFeature<?, ?> feature && feature.advancesTo() != null) {
                until.merge(
                        command.accountId(), feature.advancesTo(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return accountIds.stream()
                .map(accountId -> new HoldTable.Until(accountId, until.getOrDefault(accountId, from)))
                .toList();
    }

    private RoundTrip roundTrip(Collection<String> accountIds) {
        return ofOneAccount && accountIds.size() == 1
                ? RoundTrip.ofOneAccount(accountIds.iterator().next())
                : RoundTrip.ofAnyAccounts();
    }

    /**
     * Read after the locks were given, so that times within an account follow the order of its entries. PostgreSQL
     * keeps microseconds.
     */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
