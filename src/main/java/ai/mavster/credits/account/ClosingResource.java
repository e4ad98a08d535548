package ai.mavster.credits.account;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.AlsoClosed;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The end of an account. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
@Blocking
public class ClosingResource {

    private final Ledger ledger;
    private final AccountResource accounts;
    private final Caller caller;

    ClosingResource(Ledger ledger, AccountResource accounts, Caller caller) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.caller = caller;
    }

    /** What becomes of the credits that are left. */
    @Schema(name = "ClosedBalance")
    enum Left {
        KEEP,
        VOID
    }

    @DELETE
    @Path("/accounts/{account_id}")
    @RolesAllowed(Scopes.ADMIN)
    @AlsoClosed
    @Operation(
            operationId = "closeAccount",
            summary = "Close an account",
            description =
                    "For good, in one step: its subscription is canceled, its runs too, what they hold is released, and from then on nothing of it is"
                            + " changed: such a request is a 409 `account_closed`. It can be read as before, and its id is never used again."
                            + " Harmless to repeat; a repeat may still void what was kept.")
    public AccountAnswer close(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @Schema(implementation = Left.class)
                    @Parameter(
                            description =
                                    "What becomes of the balance: `keep` (the default) leaves it there, for nobody to spend, until it expires, if it"
                                            + " does; `void` takes it back.",
                            example = "void")
                    @QueryParam("balance")
                    @Nullable
                    String balance)
            throws SQLException {
        boolean voids = Query.of(uri).oneOf("balance", Left.class) == Left.VOID;
        Outcome.await(ledger.submit(new Command.Close(accountId, voids, caller.author())));
        return accounts.get(accountId);
    }
}
