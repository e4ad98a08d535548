package ai.mavster.credits.account;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.AlsoClosed;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is known of a person goes; what was counted stays. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
@Blocking
public class ErasureResource {

    private final Erasures erasures;
    private final AccountResource accounts;

    ErasureResource(Erasures erasures, AccountResource accounts) {
        this.erasures = erasures;
        this.accounts = accounts;
    }

    @POST
    @Path("/accounts/{account_id}/erasure")
    @RolesAllowed(Scopes.ADMIN)
    @AlsoClosed
    @Refuses(Refusal.Code.ACCOUNT_NOT_CLOSED)
    @Operation(
            operationId = "eraseAccount",
            summary = "Erase an account's texts",
            description =
                    "Removes for good what was written of a closed account in words: name, mail, notes, references, metadata, reasons, and stored"
                            + " answers that repeat them. Amounts, times and ids stay, and the account is proven as before. Harmless to repeat.")
    @APIResponse(
            responseCode = "200",
            description = "Erased: `erasure` is `completed`.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description =
                    "Of an account with a long history, begun: it goes on by itself, and `erasure` says when it is done.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AccountAnswer.class)))
    public Response erase(@PathParam("account_id") String accountId) throws SQLException {
        boolean erased = erasures.begin(accountId);
        return Response.status(erased ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(accounts.get(accountId))
                .build();
    }
}
