package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Limits for what an account, a workspace or a project spends. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Budgets", description = "Limits for what an account, a workspace or a project spends in a window.")
@Blocking
public class BudgetResource {

    private static final String SCOPES = "^(account|workspace|project)$";
    private static final String SCOPE = "Whether it is of the account, of a workspace or of a project.";

    private final Ledger ledger;

    BudgetResource(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A budget as it is. */
    @Schema(name = "Budget", examples = """
            {"account_id": "acct_7", "scope": "project", "scope_id": "checkout", "usage_limit": 100,\
             "alert_thresholds": [50, 75, 90], "window": "month", "billing_email": null, "used": 62.5, "held": 10,\
             "remaining": 27.5, "window_start": "2026-10-31T23:00:00Z", "resets_at": "2026-11-30T23:00:00Z",\
             "created_at": "2026-11-21T18:39:00Z", "updated_at": "2026-11-21T18:39:00Z"}""")
    public record Answer(
            String accountId,

            @Schema(
                    enumeration = {"account", "workspace", "project"},
                    examples = "project")
            String scope,

            @Schema(description = "The account's, the workspace's or the project's id.", examples = "checkout")
            String scopeId,

            @Schema(
                    description =
                            "What may be spent and held in a window; null: no limit, 0: nothing that costs credits.",
                    examples = "100")
            @Nullable
            Credits usageLimit,

            @Schema(description = "Percents of the limit, lowest first.", examples = "[50, 75, 90]")
            List<BigDecimal> alertThresholds,

            WindowKind window,

            @Schema(description = "Whom to write to about it; null: the account's.") @Nullable
            String billingEmail,

            @Schema(
                    description = "What debits of this window took, less what was given back of them.",
                    examples = "62.5")
            Credits used,

            @Schema(description = "What open holds reserve of it.", examples = "10")
            Credits held,

            @Schema(
                    description = "usage_limit - used - held, or 0 where that is less; null: no limit.",
                    examples = "27.5")
            @Nullable
            Credits remaining,

            @Schema(description = "Since when used is counted.")
            Instant windowStart,

            @Schema(description = "When the next window starts, and used is 0 again.")
            Instant resetsAt,

            Instant createdAt,
            Instant updatedAt) {

        public static Answer of(BudgetView view) {
            Budget budget = view.budget();
            return new Answer(
                    budget.key().accountId(),
                    budget.key().scope().id(),
                    budget.key().scopeId(),
                    budget.usageLimit(),
                    budget.thresholds().percents().stream()
                            .map(percent -> Objects.requireNonNull(Decimals.plain(percent)))
                            .toList(),
                    budget.window(),
                    budget.billingEmail(),
                    view.counted().used(),
                    view.held(),
                    view.remaining(),
                    view.counted().window().start(),
                    view.counted().window().end(),
                    budget.createdAt(),
                    budget.updatedAt());
        }
    }

    @GET
    @Path("/accounts/{account_id}/budgets")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listBudgets",
            summary = "List an account's budgets",
            description = "With what is used and held of each now; those made last first.")
    public Page<Answer> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int most = query.limit();
        Cursor.Place place = query.placeCursor(2);
        List<BudgetView> views =
                Outcome.await(ledger.read(accountId, account -> BudgetView.after(place, most + 1, account)));
        return Page.of(views, most, BudgetView::cursor).map(Answer::of);
    }

    @GET
    @Path("/accounts/{account_id}/budgets/{scope}/{scope_id}")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.BUDGET_NOT_FOUND)
    @Operation(
            operationId = "getBudget",
            summary = "Get a budget",
            description = "With what is used and held of it now.")
    public Answer get(
            @PathParam("account_id") String accountId,
            @PathParam("scope") @Pattern(regexp = SCOPES) @Parameter(description = SCOPE, example = "project")
                    String scope,
            @PathParam("scope_id") @Pattern(regexp = Identifier.PATTERN) String scopeId) {
        BudgetKey key = key(accountId, scope, scopeId);
        Optional<BudgetView> view = Outcome.await(ledger.read(accountId, account -> BudgetView.of(key, account)));
        return Answer.of(view.orElseThrow(() -> new RefusalException(BudgetRefusals.none(key))));
    }

    @PUT
    @Path("/accounts/{account_id}/budgets/{scope}/{scope_id}")
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "putBudget",
            summary = "Set a budget",
            description =
                    "What is absent stays as it is. It holds from then on, for what is used of its window already, too: a limit below that"
                            + " refuses at once. What runs have reserved before may be spent. Repeating it is harmless.")
    @APIResponse(
            responseCode = "200",
            description = "The budget, changed if anything differed.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    @APIResponse(
            responseCode = "201",
            description = "There was none before.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public Response put(
            @PathParam("account_id") String accountId,
            @PathParam("scope") @Pattern(regexp = SCOPES) @Parameter(description = SCOPE, example = "project")
                    String scope,
            @PathParam("scope_id") @Pattern(regexp = Identifier.PATTERN) String scopeId,
            @NotNull @Valid BudgetRequest request) {
        PutBudget.Done done = Outcome.await(ledger.submit(request.of(key(accountId, scope, scopeId))));
        return Response.status(done.created() ? Response.Status.CREATED : Response.Status.OK)
                .entity(Answer.of(done.view()))
                .build();
    }

    @DELETE
    @Path("/accounts/{account_id}/budgets/{scope}/{scope_id}")
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.BUDGET_NOT_FOUND)
    @Operation(
            operationId = "deleteBudget",
            summary = "Delete a budget",
            description = "Nothing is refused by it any more. One that is set anew counts all of its window.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    public void delete(
            @PathParam("account_id") String accountId,
            @PathParam("scope") @Pattern(regexp = SCOPES) @Parameter(description = SCOPE, example = "project")
                    String scope,
            @PathParam("scope_id") @Pattern(regexp = Identifier.PATTERN) String scopeId) {
        Outcome.await(ledger.submit(new DeleteBudget(key(accountId, scope, scopeId))));
    }

    private static BudgetKey key(String accountId, String scope, String scopeId) {
        BudgetKey key = new BudgetKey(accountId, EnumId.parse(LimitScope.class, scope), scopeId);
        if (key.scope() == LimitScope.ACCOUNT && !scopeId.equals(accountId)) {
            throw new InvalidInput("scope_id", "must be the account's id where the scope is account");
        }
        return key;
    }
}
