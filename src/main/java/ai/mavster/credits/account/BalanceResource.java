package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.conditional.Version;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What an account has and may spend. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class BalanceResource {

    private final Ledger ledger;

    BalanceResource(Ledger ledger) {
        this.ledger = ledger;
    }

    /** An account's credits as of one instant. */
    @Schema(name = "Balance", examples = """
            {"account_id": "acct_7", "balance": 3987.5, "held": 0, "available": 3987.5, "spendable": 3987.5,\
             "blocked_by": null, "cap": 4500, "allotment": 3000, "plan": "basic", "subscription_status": "active",\
             "next_grant": {"at": "2026-12-21T18:39:00Z", "amount": 512.5, "outcome": "partial", "withheld": 2487.5,\
             "reason": "filled_up_to_cap", "use_first": 2487.5}, "as_of": "2026-11-21T18:39:00Z"}""")
    record Answer(
            @Schema(examples = "acct_7") String accountId,

            @Schema(
                    description = "All credits, held ones too. Kept whatever becomes of the subscription.",
                    examples = "4500")
            Credits balance,

            @Schema(description = "What open holds reserve.", examples = "0")
            Credits held,

            @Schema(description = "balance - held.", examples = "4500")
            Credits available,

            @Schema(
                    description =
                            "What a debit could take now: 0 unless the subscription allows spending, as it does while active or trialing.",
                    examples = "4500")
            Credits spendable,

            @Schema(
                    description = "The code of the problem that a debit would get now, or null.",
                    enumeration = {"account_closed", "subscription_required", "insufficient_credits", "budget_exceeded"
                    })
            Refusal.@Nullable Code blockedBy,

            @Schema(
                    description = "What the next grant fills up to; null: no subscription, or no cap.",
                    examples = "4500")
            @Nullable
            Credits cap,

            @Schema(description = "What a month grants at most; null: no subscription.", examples = "3000") @Nullable
            Credits allotment,

            @Schema(examples = "basic") @Nullable String plan,

            @Schema(description = "Null: no subscription.") @Nullable
            SubscriptionStatus subscriptionStatus,

            @Schema(description = "The coming renewal if the balance stays as it is; null: none is coming.") @Nullable
            NextGrant nextGrant,

            @Schema(description = "When this was read; not part of the ETag.")
            Instant asOf) {

        static Answer of(AccountSummary summary) {
            SubscriptionView subscription = summary.subscription();
            Terms terms =
                    subscription == null ? null : subscription.subscription().terms();
            return new Answer(
                    summary.accountId(),
                    summary.balance(),
                    summary.held(),
                    summary.available(),
                    summary.spendable(),
                    summary.blockedBy(),
                    terms == null ? null : terms.cap(),
                    terms == null ? null : terms.allotment(),
                    terms == null ? null : terms.plan().planId(),
                    subscription == null ? null : subscription.status(),
                    summary.nextGrant(),
                    summary.asOf());
        }

        /** A digest of all of it but the time. */
        EntityTag tag() {
            return Version.of(new Answer(
                            accountId,
                            balance,
                            held,
                            available,
                            spendable,
                            blockedBy,
                            cap,
                            allotment,
                            plan,
                            subscriptionStatus,
                            nextGrant,
                            Instant.EPOCH))
                    .tag();
        }
    }

    @GET
    @Path("/accounts/{account_id}/balance")
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "getBalance",
            summary = "Get an account's balance",
            description = "As of now: what has expired counts for nothing, whether or not any job has been by.")
    @Parameter(
            name = HttpHeaders.IF_NONE_MATCH,
            in = ParameterIn.HEADER,
            description = "The ETag of an earlier answer.",
            schema = @Schema(implementation = String.class))
    @APIResponse(
            responseCode = "200",
            description = "The balance.",
            headers = @Header(name = HttpHeaders.ETAG, schema = @Schema(implementation = String.class)),
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "304", description = "As it was.")
    public CompletionStage<Response> get(@PathParam("account_id") String accountId, @Context Request request) {
        return ledger.read(accountId, AccountSummary::of)
                .thenApply(outcome -> respond(Answer.of(outcome.orThrow()), request));
    }

    private static Response respond(Answer answer, Request request) {
        EntityTag tag = answer.tag();
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(answer).tag(tag) : unchanged.tag(tag))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
