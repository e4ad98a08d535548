package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.conditional.Version;
import ai.mavster.credits.http.limits.LongPolls;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import ai.mavster.credits.waiting.Waiters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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

    /** Longer, and what stands between caller and service would think that nothing comes any more. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Pattern AMOUNT = Pattern.compile("credits:([0-9]{1,9}(?:\\.[0-9]{1,6})?)");

    private final Ledger ledger;
    private final Waiters waiters;
    private final LongPolls polls;
    private final Caller caller;

    BalanceResource(Ledger ledger, Waiters waiters, LongPolls polls, Caller caller) {
        this.ledger = ledger;
        this.waiters = waiters;
        this.polls = polls;
        this.caller = caller;
    }

    /** An account's credits as of one instant. */
    @Schema(name = "Balance", examples = """
            {"account_id": "acct_7", "balance": 3987.5, "held": 0, "available": 3987.5, "owed": 0, "spendable": 3987.5,\
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
                            "What was clawed back and had been spent already: the next credits, whatever they are, settle it first. It is no part of the balance.",
                    examples = "0")
            Credits owed,

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
                    summary.owed(),
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
                            owed,
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
            description =
                    "As of now: what has expired counts for nothing, whether or not any job has been by.\n\nWith `wait` it is a long poll:"
                            + " answered as soon as `for` can be spent, or else, with the balance as it is then, when the time is over; see"
                            + " `spendable`. Of a closed account it is answered at once. The answer reserves nothing: of all who wait, the first"
                            + " to spend has it. With `If-None-Match` it waits in the same way, and is a 304 if the balance is the one of the ETag.")
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
    public CompletionStage<Response> get(
            @PathParam("account_id") String accountId,
            @Parameter(
                            description =
                                    "How long to wait, an ISO 8601 duration from PT0S to PT60S; absent: not at all.",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^PT([1-5]?[0-9]|60)S$"),
                            example = "PT0S")
                    @QueryParam("wait")
                    @Nullable
                    String wait,
            @Parameter(
                            description =
                                    "For what to wait: that so many credits can be spent, by the decision that a debit would get; absent: any.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern =
                                                    "^credits:([1-9][0-9]{0,8}(\\.[0-9]{1,6})?|0\\.[0-9]{0,5}[1-9])$"),
                            example = "credits:40")
                    @QueryParam("for")
                    @Nullable
                    String amount,
            @Parameter(description = "`spendable` and `blocked_by` for debits of this project.")
                    @QueryParam("project_id")
                    @Nullable
                    String projectId,
            @Parameter(description = "The same for debits of this workspace.") @QueryParam("workspace_id") @Nullable
                    String workspaceId,
            @Context UriInfo uri,
            @Context Request request) {
        Query query = Query.of(uri);
        Duration atMost = query.duration("wait", LONGEST_WAIT);
        SpendableQuestion question = new SpendableQuestion(
                amount(query),
                new Purpose(
                        null,
                        null,
                        query.matching("workspace_id", Identifier.PATTERN),
                        query.matching("project_id", Identifier.PATTERN),
                        null,
                        null));
        CompletionStage<AccountSummary> summary = atMost == null || atMost.isZero()
                ? ledger.read(accountId, question::answer).thenApply(Outcome::orThrow)
                : polls.awaiting(waiters.await(accountId, question, atMost, caller.name()));
        return summary.thenApply(found -> respond(Answer.of(found), request));
    }

    private static @Nullable Credits amount(Query query) {
        String text = query.text("for");
        if (text == null) {
            return null;
        }
        Matcher amount = AMOUNT.matcher(text);
        Credits credits = amount.matches() ? Credits.parse(amount.group(1)) : Credits.ZERO;
        if (!credits.isPositive()) {
            throw Problems.invalidRequest(
                    "for",
                    "must be credits: and how many, such as credits:40, more than 0 and with at most six decimals");
        }
        return credits;
    }

    private static Response respond(Answer answer, Request request) {
        EntityTag tag = answer.tag();
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(answer).tag(tag) : unchanged.tag(tag))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
