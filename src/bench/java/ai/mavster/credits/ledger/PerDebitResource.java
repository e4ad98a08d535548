package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.debit.DebitResource;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What one would write instead: each debit in a transaction of its own, under the account's row lock. It spares itself
 * the subscription, the grants and the chain, so it does less than the ledger does.
 */
@Path("/bench/per-debit")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PerDebitResource {

    private final AgroalDataSource dataSource;
    private final Clock clock;
    private final Caller caller;

    PerDebitResource(AgroalDataSource dataSource, Clock clock, Caller caller) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.caller = caller;
    }

    @POST
    @IdempotencyKeyRequired
    @Path("/accounts/{account_id}/debits")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(hidden = true)
    public Response debit(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @NotNull @Valid DebitResource.Debit body)
            throws SQLException {
        Command.Debit debit = body.command(accountId, key, caller.author());
        Instant now = clock.instant();
        UUID id = UuidV7.next(now);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Credits balance = lock(connection, debit);
                if (balance.isLessThan(RivalEntry.credits(debit))) {
                    connection.rollback();
                    return insufficient();
                }
                Credits after = balance.minus(RivalEntry.credits(debit));
                insert(connection, debit, id, after, now);
                update(connection, debit, after);
                connection.commit();
                return Response.status(Response.Status.CREATED)
                        .entity(NothingResource.answer(debit, id, after))
                        .build();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    static Response insufficient() {
        return new Problem(
                        402,
                        "insufficient_credits",
                        "Insufficient credits",
                        "The account ran dry.",
                        Map.of(),
                        List.of(),
                        Map.of())
                .toResponse();
    }

    private static Credits lock(Connection connection, Command.Debit debit) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT balance FROM rival.account WHERE account_id = ? FOR UPDATE")) {
            statement.setString(1, debit.accountId());
            ResultSet row = statement.executeQuery();
            return row.next() ? new Credits(row.getLong(1)) : Credits.ZERO;
        }
    }

    private static void insert(Connection connection, Command.Debit debit, UUID id, Credits after, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO rival.entry (account_id, balance_after, entry_id, kind, idempotency_key, credits, action, quantity,
                                         workspace_id, project_id, test_id, run_id, occurred_at)
                VALUES (?, ?, ?, 'debit', ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            statement.setString(1, debit.accountId());
            statement.setLong(2, after.millionths());
            RivalEntry.bind(statement, 3, debit, id, now);
            statement.executeUpdate();
        }
    }

    private static void update(Connection connection, Command.Debit debit, Credits after) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE rival.account SET balance = ? WHERE account_id = ?")) {
            statement.setLong(1, after.millionths());
            statement.setString(2, debit.accountId());
            statement.executeUpdate();
        }
    }
}
