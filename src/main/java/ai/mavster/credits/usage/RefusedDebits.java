package ai.mavster.credits.usage;

import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/**
 * Counts debits that were refused, and writes the counts down every few seconds: a refusal itself writes nothing, so
 * that nobody makes the service write by asking for what it refuses. What was counted since is lost with a process that
 * is killed; nothing is decided by it.
 */
@Singleton
class RefusedDebits {

    private static final Logger LOG = Logger.getLogger(RefusedDebits.class);

    /** How many rows go into one transaction. */
    private static final int PAGE = 500;

    private record Key(String accountId, Instant quarter) {}

    private record Counted(Key key, long debits) {}

    private static final Table<Counted> TABLE = Table.<Counted>named("usage_refused")
            .key(Column.text("account_id", row -> row.key.accountId))
            .key(Column.instant("starts_at", row -> row.key.quarter))
            .adding(Column.bigint("debits", Counted::debits))
            .declared();

    private final Connections connections;
    private final ConcurrentMap<Key, Long> unwritten = new ConcurrentHashMap<>();

    RefusedDebits(Connections connections) {
        this.connections = connections;
    }

    void count(String accountId, Instant at) {
        unwritten.merge(new Key(accountId, Segments.quarter(at)), 1L, Long::sum);
    }

    @Scheduled(every = "{credits.usage.refused-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void write() {
        List<Counted> rows = take();
        for (int from = 0; from < rows.size(); from += PAGE) {
            List<Counted> page = rows.subList(from, Math.min(rows.size(), from + PAGE));
            try {
                write(page);
            } catch (SQLException | RuntimeException failure) {
                page.forEach(row -> unwritten.merge(row.key, row.debits, Long::sum));
                LOG.warnf(
                        "Refused debits of %d accounts are written down later: %s", page.size(), failure.getMessage());
            }
        }
    }

    /** In one order on every process, so that two of them cannot wait for each other's rows. */
    private List<Counted> take() {
        List<Counted> rows = new ArrayList<>();
        for (Key key : unwritten.keySet()) {
            Long debits = unwritten.remove(key);
            if (debits != null) {
                rows.add(new Counted(key, debits));
            }
        }
        rows.sort(Comparator.comparing((Counted row) -> row.key.accountId).thenComparing(row -> row.key.quarter));
        return rows;
    }

    private void write(List<Counted> rows) throws SQLException {
        RoundTrip writes = RoundTrip.ofAnyAccounts();
        TABLE.upsert(writes, rows);
        try (Connection connection = connections.open()) {
            try {
                writes.run(connection);
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
            Connections.commit(connection);
        }
    }

    /** After the lanes have carried out what they had taken. */
    void stop(@Observes @Priority(2) ShutdownEvent event) {
        write();
    }
}
