package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.debit.DebitResource;
import ai.mavster.credits.http.Caller;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What one would write when shown that the transaction per debit has too many round trips: all of it in one statement.
 */
@Path("/bench/single-statement")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SingleStatementResource {

    private final AgroalDataSource dataSource;
    private final Clock clock;
    private final Caller caller;

    SingleStatementResource(AgroalDataSource dataSource, Clock clock, Caller caller) {
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
        long credits = RivalEntry.credits(debit).millionths();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        WITH debited AS (
                            UPDATE rival.account SET balance = balance - ? WHERE account_id = ? AND balance >= ?
                            RETURNING account_id, balance)
                        INSERT INTO rival.entry (account_id, balance_after, entry_id, kind, idempotency_key, credits, action, quantity,
                                                 workspace_id, project_id, test_id, run_id, occurred_at)
                        SELECT account_id, balance, ?, 'debit', ?, ?, ?, ?, ?, ?, ?, ?, ? FROM debited
                        RETURNING balance_after""")) {
            statement.setLong(1, credits);
            statement.setString(2, accountId);
            statement.setLong(3, credits);
            RivalEntry.bind(statement, 4, debit, id, now);
            ResultSet row = statement.executeQuery();
            return row.next()
                    ? Response.status(Response.Status.CREATED)
                            .entity(NothingResource.answer(debit, id, new Credits(row.getLong(1))))
                            .build()
                    : PerDebitResource.insufficient();
        }
    }
}
