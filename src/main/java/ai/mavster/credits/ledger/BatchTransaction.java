package ai.mavster.credits.ledger;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
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

    void run(List<Pending<?>> pending) throws SQLException {
        try (Connection connection = connections.open()) {
            try {
                Batch batch = load(connection, pending);
                pending.forEach(one -> one.decideIn(batch));
                store.write(connection, batch);
                for (Participant.Work work : batch.works()) {
                    work.write(connection);
                }
            } catch (SQLException | RuntimeException | Error e) {
                // Of whatever kind: closing a connection in mid-transaction would commit what was written so far.
                rollback(connection, e);
                throw e;
            }
            BatchWriter.commit(connection);
        }
    }

    private Batch load(Connection connection, List<Pending<?>> pending) throws SQLException {
        Set<String> accountIds = new TreeSet<>();
        Set<Batch.Key> keys = new HashSet<>();
        List<Command.Reversal> reversals = new ArrayList<>(0);
        for (Pending<?> one : pending) {
            accountIds.add(one.command().accountId());
            Batch.Key key = Batch.key(one.command());
            if (key != null) {
                keys.add(key);
            }
            if (one.command() instanceof Command.Reversal reversal) {
                reversals.add(reversal);
            }
        }
        Map<String, AccountState> accounts = store.lock(connection, accountIds);
        Instant now = now();
        store.loadOpenGrants(connection, accounts);
        store.loadDebits(connection, accounts, reversals);
        Map<Batch.Key, Posting> known = store.findPostings(connection, keys);
        return new Batch(now, accounts.values(), known, begin(connection, accounts.keySet(), now));
    }

    /** The accounts as of now, in one consistent snapshot, without locking or writing anything. Unknown ones are left out. */
    Batch preview(Collection<String> accountIds) throws SQLException {
        try (Connection connection = connections.snapshot()) {
            try {
                Map<String, AccountState> accounts = store.read(connection, accountIds);
                Instant now = now();
                store.loadOpenGrants(connection, accounts);
                return new Batch(now, accounts.values(), new HashMap<>(), begin(connection, accounts.keySet(), now));
            } finally {
                connection.rollback();
            }
        }
    }

    /** Read after the lock was given, so that times within an account follow the order of its entries. PostgreSQL keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private List<Participant.Work> begin(Connection connection, Collection<String> accountIds, Instant now)
            throws SQLException {
        List<Participant.Work> works = new ArrayList<>(participants.size());
        if (!accountIds.isEmpty()) {
            for (Participant participant : participants) {
                works.add(Objects.requireNonNull(participant.begin(connection, accountIds, now)));
            }
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
