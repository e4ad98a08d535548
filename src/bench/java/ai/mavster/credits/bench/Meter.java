package ai.mavster.credits.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reads what the service, the database and this process have used of the processors, and how much the database has
 * logged.
 */
final class Meter implements AutoCloseable {

    /** Short, since what a database process used after the last look at it is lost when it ends. */
    private static final long LOOK_MILLIS = 500;

    private final Database database;
    private final Map<Long, Long> databaseProcesses = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "meter");
        thread.setDaemon(true);
        return thread;
    });
    private long databaseNanos;

    Meter(Database database) {
        this.database = database;
        var unused = looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sums since the start of each. */
    Cost read(Service service) throws SQLException {
        return new Cost(
                cpu(service.process()),
                look(),
                cpu(ProcessHandle.current()),
                database.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"));
    }

    /** The sum over all processes the database ever had: that of one which has ended stays in it. */
    private synchronized long look() {
        Map<Long, Long> now = new HashMap<>();
        Stream.concat(Stream.of(database.process()), database.process().descendants())
                .forEach(process -> now.put(process.pid(), cpu(process)));
        now.forEach((pid, nanos) -> {
            long before = databaseProcesses.getOrDefault(pid, 0L);
            databaseNanos += nanos < before ? nanos : nanos - before;
        });
        databaseProcesses.clear();
        databaseProcesses.putAll(now);
        return databaseNanos;
    }

    private static long cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
