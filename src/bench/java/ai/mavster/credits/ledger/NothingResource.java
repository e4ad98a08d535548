package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.debit.DebitResource;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.posting.EntrySummary;
import ai.mavster.credits.ledger.posting.PublicId;
import io.smallrye.common.annotation.NonBlocking;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The limit of what HTTP and JSON allow: a debit is read, checked and answered, and nothing happens in between. */
@Path("/bench/nothing")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class NothingResource {

    private static final UUID SOME_ID = UUID.fromString("0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b");
    private static final Credits SOME_BALANCE = Credits.of(1_000_000);

    private final Caller caller;

    NothingResource(Caller caller) {
        this.caller = caller;
    }

    @POST
    @IdempotencyKeyRequired
    @Path("/accounts/{account_id}/debits")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(hidden = true)
    public CompletionStage<Response> debit(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @NotNull @Valid DebitResource.Debit body) {
        Command.Debit debit = body.command(accountId, key, caller.author());
        return CompletableFuture.completedFuture(Response.status(Response.Status.CREATED)
                .entity(answer(debit, SOME_ID, SOME_BALANCE))
                .build());
    }

    /** An answer of the same shape as the ledger's, for those who debit by other means. */
    static DebitResource.Debited answer(Command.Debit debit, UUID id, Credits balance) {
        return new DebitResource.Debited(
                PublicId.DEBIT.of(id),
                RivalEntry.credits(debit),
                RivalEntry.credits(debit),
                false,
                balance,
                Credits.ZERO,
                balance,
                Credits.ZERO,
                new DebitResource.Debited.Usage(RivalEntry.credits(debit)),
                List.of(new EntrySummary(
                        1, PublicId.GRANT.of(id), RivalEntry.credits(debit).negated())),
                null,
                debit.author());
    }
}
