package ai.mavster.credits.bench;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.http.Scopes;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What one would write instead: a few threads, and a transaction for each account that is due. */
@Path("/bench/per-account-renewals")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PerAccountRenewalsResource {

    private static final int THREADS = 8;

    private final AgroalDataSource dataSource;
    private final Clock clock;

    PerAccountRenewalsResource(AgroalDataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** How many were renewed. */
    record Tally(long renewed) {}

    @POST
    @RolesAllowed({Scopes.RENEWALS, Scopes.ADMIN})
    @Operation(hidden = true)
    public Tally renew(@QueryParam("millis") long millis)
            throws SQLException, ExecutionException, InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        Queue<String> due = due();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                counts.add(threads.submit(() -> renewUntil(due, end)));
            }
            long renewed = 0;
            for (Future<Long> count : counts) {
                renewed += count.get();
            }
            return new Tally(renewed);
        } finally {
            threads.shutdown();
        }
    }

    private Queue<String> due() throws SQLException {
        Queue<String> due = new ConcurrentLinkedQueue<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT account_id FROM rival.account WHERE period_end <= ? ORDER BY period_end")) {
            statement.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                due.add(row.getString(1));
            }
        }
        return due;
    }

    private long renewUntil(Queue<String> due, long end) throws SQLException {
        long renewed = 0;
        while (System.nanoTime() < end) {
            String accountId = due.poll();
            if (accountId == null) {
                break;
            }
            renew(accountId);
            renewed++;
        }
        return renewed;
    }

    private void renew(String accountId) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement(
                    "SELECT balance, allotment, cap, period_end FROM rival.account WHERE account_id = ? FOR UPDATE")) {
                lock.setString(1, accountId);
                ResultSet row = lock.executeQuery();
                row.next();
                long balance = row.getLong(1);
                long granted = Math.max(0, Math.min(row.getLong(3) - balance, row.getLong(2)));
                grant(connection, accountId, granted, balance + granted, row.getObject(4, OffsetDateTime.class));
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private void grant(Connection connection, String accountId, long granted, long balance, OffsetDateTime periodEnd)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO rival.entry (account_id, entry_id, kind, idempotency_key, credits, balance_after, occurred_at)
                        VALUES (?, ?, 'monthly_grant', ?, ?, ?, ?)""");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE rival.account SET balance = ?, period_end = ? WHERE account_id = ?")) {
            insert.setString(1, accountId);
            insert.setObject(2, UuidV7.next(clock.instant()));
            insert.setString(3, "renewal-" + periodEnd);
            insert.setLong(4, granted);
            insert.setLong(5, balance);
            insert.setObject(6, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
            update.setLong(1, balance);
            update.setObject(2, periodEnd.plusMonths(1));
            update.setString(3, accountId);
            update.executeUpdate();
        }
    }
}
