package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.account.AccountSearch.Match;
import ai.mavster.credits.account.AccountSearchRepository.Place;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** All accounts, for operators. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
@RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
@Blocking
public class AccountListResource {

    private static final List<String> HEADER = List.of(
            "account_id",
            "name",
            "billing_email",
            "balance",
            "held",
            "available",
            "owed",
            "spendable",
            "blocked_by",
            "plan",
            "subscription_status",
            "on_test_clock",
            "closed_at",
            "created_at");

    private final AccountSearchRepository accounts;
    private final Ledger ledger;
    private final LongReads reads;
    private final CsvStreams streams;
    private final Caller caller;

    AccountListResource(
            AccountSearchRepository accounts, Ledger ledger, LongReads reads, CsvStreams streams, Caller caller) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.reads = reads;
        this.streams = streams;
        this.caller = caller;
    }

    /** An account in a list, as it is now. */
    @Schema(name = "AccountInList", examples = """
            {"account_id": "acct_7", "name": "Example Inc.", "billing_email": "billing@example.com", "balance": 3987.5,\
             "held": 0, "available": 3987.5, "owed": 0, "spendable": 3987.5, "blocked_by": null, "plan": "basic",\
             "subscription_status": "active", "on_test_clock": false,\
             "closed_at": null, "created_at": "2026-11-21T18:39:00Z"}""")
    record Item(
            String accountId,
            @Nullable String name,
            @Nullable String billingEmail,

            @Schema(description = "All credits, held ones too.")
            Credits balance,

            Credits held,
            Credits available,

            @Schema(description = "What the next credits settle first.")
            Credits owed,

            @Schema(description = "What a debit could take now.")
            Credits spendable,

            @Schema(
                    description = "The code of the problem that a debit would get now, or null.",
                    enumeration = {"account_closed", "subscription_required", "insufficient_credits", "budget_exceeded"
                    })
            Refusal.@Nullable Code blockedBy,

            @Schema(description = "Null: no subscription.") @Nullable
            String plan,

            @Schema(description = "Null: no subscription.") @Nullable
            SubscriptionStatus subscriptionStatus,

            @Schema(description = "Whether it has a clock of its own, and so is for trying things out.")
            boolean onTestClock,

            @Schema(description = "Since when it is closed; null: it is not.") @Nullable
            Instant closedAt,

            Instant createdAt) {

        static Item of(Match match) {
            AccountSummary account = match.account();
            SubscriptionView subscription = account.subscription();
            return new Item(
                    account.accountId(),
                    match.found().name(),
                    match.found().billingEmail(),
                    account.balance(),
                    account.held(),
                    account.available(),
                    account.owed(),
                    account.spendable(),
                    account.blockedBy(),
                    subscription == null
                            ? null
                            : subscription.subscription().terms().plan().planId(),
                    subscription == null ? null : subscription.status(),
                    account.onTestClock(),
                    account.closedAt(),
                    match.found().createdAt());
        }

        private Stream<@Nullable Object> cells() {
            return Stream.of(
                    accountId,
                    name,
                    billingEmail,
                    balance,
                    held,
                    available,
                    owed,
                    spendable,
                    blockedBy == null ? null : blockedBy.id(),
                    plan,
                    subscriptionStatus == null ? null : subscriptionStatus.id(),
                    onTestClock,
                    closedAt,
                    createdAt);
        }
    }

    @GET
    @Path("/accounts")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listAccounts",
            summary = "List accounts",
            description =
                    "Each as it is now; the newest first. With `q`, those whose id, name or mail address begins with it, in the order of"
                            + " the ids, then of the names, then of the addresses. It scans a part of the accounts at a time: a page may"
                            + " then have fewer rows than `limit`, or none, and `next_cursor` leads on. With `Accept: text/csv` all that match"
                            + " are streamed.")
    public Page<Item> list(
            @Context UriInfo uri,
            @Schema(minLength = 1, maxLength = 254, pattern = "^[^\\u0000-\\u001F\\u007F-\\u009F]+$")
                    @Parameter(
                            description =
                                    "What the id, the name or the mail address begins with; of the latter two in upper or lower case.",
                            example = "exam")
                    @QueryParam("q")
                    @Nullable
                    String q,
            @QueryParam("plan") @Nullable String plan,
            @Schema(implementation = SubscriptionStatus[].class, minItems = 1)
                    @Parameter(
                            description = "Only where the subscription is one of these, separated by commas.",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            example = "[\"active\", \"trialing\"]")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Schema(implementation = Boolean.class)
                    @Parameter(
                            description = "Only where a debit would be refused now (`true`), or would not (`false`).",
                            example = "true")
                    @QueryParam("blocked")
                    @Nullable
                    String blocked,
            @Schema(type = SchemaType.NUMBER, minimum = "0", maximum = "999999999999", multipleOf = 0.000001)
                    @Parameter(description = "Only where the balance is that much at least.", example = "100")
                    @QueryParam("balance_min")
                    @Nullable
                    String balanceMin,
            @Schema(type = SchemaType.NUMBER, minimum = "0", maximum = "999999999999", multipleOf = 0.000001)
                    @Parameter(description = "Only where the balance is that much at most.", example = "4500")
                    @QueryParam("balance_max")
                    @Nullable
                    String balanceMax,
            @Parameter(description = "Only what was created at this instant or later.") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "Only what was created before this instant.") @QueryParam("to") @Nullable
                    String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        AccountSearch search = new AccountSearch(accounts, ledger, AccountSearch.Filter.of(query));
        int rows = query.limit();
        Place start = search.start(query.textCursor());
        return reads.answer(LongReads.ALL_ACCOUNTS, () -> search.page(start, rows))
                .map(Item::of);
    }

    @GET
    @Path("/accounts")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = """
                            account_id,name,billing_email,balance,held,available,owed,spendable,blocked_by,plan,subscription_status,on_test_clock,closed_at,created_at\r
                            acct_7,Example Inc.,billing@example.com,3987.5,0,3987.5,3987.5,,basic,active,false,,2026-11-21T18:39:00Z\r
                            """))
    public Multi<byte[]> stream(@Context UriInfo uri) {
        caller.requireUnbound();
        AccountSearch search = new AccountSearch(accounts, ledger, AccountSearch.Filter.of(Query.of(uri)));
        return streams.of(
                LongReads.ALL_ACCOUNTS,
                HEADER,
                search.lines(match -> Item.of(match).cells()));
    }
}
