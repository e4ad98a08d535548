package ai.mavster.credits.ledger;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** One database transaction over a batch: lock, load, decide, write, commit. Or the same without lock and write, to see what would be. */
@Singleton
class BatchTransaction {

    private final Connections connections;
    private final LedgerStore store;
    private final List<Participant> participants;
    private final Clock clock;

    BatchTransaction(Connections connections, LedgerStore store, @All List<Participant> participants, Clock clock) {
        this.connections = connections;
        this.store = store;
        this.participants = participants;
        this.clock = clock;
    }

    Batch run(List<Pending<?>> pending) throws SQLException {
        try (Connection connection = connections.open()) {
            Batch batch;
            try {
                batch = load(connection, pending);
                for (Pending<?> one : pending) {
                    one.decideIn(batch);
                }
                RoundTrip writes = new RoundTrip();
                store.write(writes, batch);
                batch.works().forEach(work -> work.write(writes));
                writes.run(connection);
            } catch (SQLException | RuntimeException | Error e) {
                // Of whatever kind: closing a connection in mid-transaction would commit what was written so far.
                rollback(connection, e);
                throw e;
            }
            // By itself, not with the writes: of a message that the network splits in the middle the database would
            // wait
            // for the rest, locks held, for as long as TCP does; a transaction that is idle it ends after seconds.
            BatchWriter.commit(connection);
            return batch;
        }
    }

    private Batch load(Connection connection, List<Pending<?>> pending) throws SQLException {
        List<Command<?>> commands = new ArrayList<>(pending.size());
        Set<String> accountIds = new TreeSet<>();
        Set<Batch.Key> keys = new HashSet<>();
        List<Command.Reversal> reversals = new ArrayList<>(0);
        for (Pending<?> one : pending) {
            commands.add(one.command());
            accountIds.add(one.command().accountId());
            Batch.Key key = Batch.key(one.command());
            if (key != null) {
                keys.add(key);
            }
            if (one.command() instanceof Command.Reversal reversal) {
                reversals.add(reversal);
            }
        }
        RoundTrip reads = new RoundTrip();
        Map<String, AccountState> accounts = new HashMap<>();
        List<Posting> posted = new ArrayList<>(0);
        store.lock(reads, accountIds, accounts);
        store.findPostings(reads, keys, posted);
        List<Participant.Work> works = begin(reads, new Participant.Scope(accountIds, commands, now()));
        store.loadOpenGrants(reads, accountIds, accounts);
        store.loadDebits(reads, reversals, accounts);
        reads.run(connection);
        Map<Batch.Key, Posting> known = new HashMap<>();
        for (Posting posting : Postings.withEntries(connection, posted)) {
            known.put(new Batch.Key(posting.accountId(), String.valueOf(posting.idempotencyKey())), posting);
        }
        return new Batch(now(), accounts.values(), known, works);
    }

    /** The accounts as of now, in one consistent snapshot, without locking or writing anything. Unknown ones are left out. */
    Batch look(Set<String> accountIds) throws SQLException {
        try (Connection connection = connections.openForReading()) {
            RoundTrip reads = new RoundTrip().command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            Map<String, AccountState> accounts = new HashMap<>();
            store.read(reads, accountIds, accounts);
            List<Participant.Work> works = begin(reads, new Participant.Scope(accountIds, List.of(), now()));
            store.loadOpenGrants(reads, accountIds, accounts);
            reads.command("COMMIT");
            try {
                reads.run(connection);
            } catch (SQLException | RuntimeException | Error e) {
                connections.endReading(connection, e);
                throw e;
            }
            return new Batch(now(), accounts.values(), new HashMap<>(), works);
        }
    }

    /** Read after the locks were given, so that times within an account follow the order of its entries. PostgreSQL keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private List<Participant.Work> begin(RoundTrip reads, Participant.Scope scope) {
        List<Participant.Work> works = new ArrayList<>(participants.size());
        for (Participant participant : participants) {
            works.add(Objects.requireNonNull(participant.begin(reads, scope)));
        }
        return works;
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
