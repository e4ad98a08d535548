package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.conditional.IfMatch;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An account's subscription. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@Blocking
public class SubscriptionResource {

    private final Subscriptions subscriptions;
    private final Ledger ledger;
    private final Caller caller;

    SubscriptionResource(Subscriptions subscriptions, Ledger ledger, Caller caller) {
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.caller = caller;
    }

    /** A subscription as it is. */
    @Schema(name = "Subscription", examples = """
            {"account_id": "acct_7", "plan": "basic", "allotment": 3000, "monthly_credits": null, "next_plan": null,\
             "status": "active", "status_since": "2026-11-21T18:39:00Z", "grace_until": null, "anchor": "2026-11-21T18:39:00Z",\
             "time_zone": "Europe/Berlin", "current_period": {"start": "2026-11-21T18:39:00Z", "end": "2026-12-21T18:39:00Z", "index": 0},\
             "billing_period": {"start": "2026-11-21T18:39:00Z", "end": "2026-12-21T18:39:00Z"}, "cancel_at_period_end": false,\
             "paid_until": null,\
             "created_at": "2026-11-21T18:39:00Z", "updated_at": "2026-11-21T18:39:00Z", "preview": null}""")
    public record Answer(
            String accountId,
            @Schema(examples = "basic") String plan,

            @Schema(description = "What a month grants at most.", examples = "3000")
            Credits allotment,

            @Schema(description = "Its own allotment; null: the plan's.") @Nullable
            Credits monthlyCredits,

            @Schema(description = "The plan from the end of the billing period on; null: no change is coming.")
            @Nullable
            String nextPlan,

            SubscriptionStatus status,
            Instant statusSince,

            @Schema(
                    description =
                            "Until when credits may be spent although it is past due; null: it is not, or there is no such time.")
            @Nullable
            Instant graceUntil,

            Instant anchor,
            @Schema(examples = "Europe/Berlin") String timeZone,
            CurrentPeriod currentPeriod,

            @Schema(description = "What is paid for at a time: the current period, or the year that it belongs to.")
            BillingPeriod billingPeriod,

            boolean cancelAtPeriodEnd,

            @Schema(
                    description =
                            "Until when it is paid at the payment provider, where months are granted as they are paid: the next one waits"
                                    + " for that. Null: months are granted by the calendar.")
            @Nullable
            Instant paidUntil,

            Instant createdAt,
            Instant updatedAt,

            @Schema(description = "Of a dry run, what the change would come to; else null.") @Nullable
            Preview preview) {

        @Schema(name = "SubscriptionPeriod", description = "Half-open: the start belongs to it, the end to the next.")
        public record CurrentPeriod(
                Instant start,
                Instant end,

                @Schema(description = "0 for the one that starts at the anchor.")
                int index) {}

        @Schema(name = "BillingPeriod", description = "Half-open: the start belongs to it, the end to the next.")
        public record BillingPeriod(Instant start, Instant end) {}

        public static Answer of(SubscriptionView view) {
            return of(view, null);
        }

        static Answer of(SubscriptionView view, @Nullable Preview preview) {
            Subscription subscription = view.subscription();
            Period period = subscription.period();
            Period billing = subscription.billingPeriod();
            Terms terms = subscription.terms();
            return new Answer(
                    subscription.accountId(),
                    terms.plan().planId(),
                    terms.allotment(),
                    terms.own(),
                    subscription.nextTerms() == null
                            ? null
                            : subscription.nextTerms().plan().planId(),
                    view.status(),
                    subscription.statusSince(),
                    view.graceUntil(),
                    subscription.anchor(),
                    subscription.zone().getId(),
                    new CurrentPeriod(period.start(), period.end(), period.index()),
                    new BillingPeriod(billing.start(), billing.end()),
                    subscription.cancelAtPeriodEnd(),
                    subscription.paidUntil(),
                    subscription.createdAt(),
                    subscription.updatedAt(),
                    preview);
        }
    }

    /** What a change would come to. */
    @Schema(name = "SubscriptionPreview", examples = """
            {"changes": true, "granted": 17000, "withheld": 0, "renewed": 0, "balance": 20000, "cap": 30000,\
             "next_grant": {"at": "2026-12-21T18:39:00Z", "amount": 10000, "outcome": "partial", "withheld": 10000,\
             "reason": "filled_up_to_cap", "use_first": 10000}, "in_words": "basic becomes pro at once.\
             It grants 17000 credits now; the balance is then 20000 credits. Grants fill up to 30000 credits. The next\
             renewal, on 21 December 2026, grants 10000 of 20000 credits if the balance stays."}""")
    public record Preview(
            @Schema(description = "Whether anything would change.")
            boolean changes,

            @Schema(description = "What would be granted at once.", examples = "17000")
            Credits granted,

            @Schema(description = "What the cap would keep back of that; never made up.", examples = "0")
            Credits withheld,

            @Schema(description = "What renewals that are due would grant before.", examples = "0")
            Credits renewed,

            @Schema(description = "The balance after all of that.", examples = "20000")
            Credits balance,

            @Schema(description = "What grants would fill up to; null: no cap.", examples = "30000") @Nullable
            Credits cap,

            @Schema(description = "The coming renewal then; null: none would come.") @Nullable
            NextGrant nextGrant,

            @Schema(description = "All of it for people to read.", examples = "Nothing changes.")
            String inWords) {

        static Preview of(ChangePreview preview) {
            MonthlyGrant grant = preview.grant();
            return new Preview(
                    preview.changes(),
                    grant == null ? Credits.ZERO : grant.granted(),
                    grant == null ? Credits.ZERO : grant.withheld(),
                    preview.renewed(),
                    preview.balance(),
                    preview.cap(),
                    preview.nextGrant(),
                    PreviewInWords.of(preview));
        }
    }

    @GET
    @Path("/accounts/{account_id}/subscription")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.SUBSCRIPTION_NOT_FOUND)
    @Operation(
            operationId = "getSubscription",
            summary = "Get an account's subscription",
            description =
                    "As of now: one that has ended is canceled, whether or not any job has been by. A subscription is"
                            + " never deleted: a canceled one is still there.")
    @APIResponse(
            responseCode = "200",
            description = "The subscription.",
            headers = @Header(name = HttpHeaders.ETAG, schema = @Schema(implementation = String.class)),
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public Response get(@PathParam("account_id") String accountId) {
        Optional<SubscriptionView> view =
                Outcome.await(ledger.read(accountId, account -> Optional.ofNullable(SubscriptionView.of(account))));
        return answer(view.orElseThrow(() -> new RefusalException(SubscriptionRefusals.none(accountId))));
    }

    @PUT
    @Path("/accounts/{account_id}/subscription")
    @RolesAllowed(Scopes.ADMIN)
    @Refuses({Refusal.Code.PLAN_NOT_FOUND, Refusal.Code.BALANCE_LIMIT_EXCEEDED, Refusal.Code.PRECONDITION_FAILED})
    @Operation(
            operationId = "putSubscription",
            summary = "Subscribe, change or cancel",
            description =
                    "What is absent stays as it is. One that becomes active or trialing makes its current period's monthly grant at once,"
                            + " unless that time has been granted already; nothing is granted for earlier periods. No change takes credits"
                            + " away. Renewals that are due come first. One that changes nothing leaves no trace; all others are in the"
                            + " history of changes. With `dry_run` nothing changes: the answer is the subscription as it would be, with a"
                            + " `preview`, and the ETag of the one there is.")
    @Parameter(
            name = HttpHeaders.IF_MATCH,
            in = ParameterIn.HEADER,
            description =
                    "The ETag of an earlier answer: change nothing if the subscription has changed since. `*`: only if there is one.",
            example = "*",
            schema = @Schema(implementation = String.class, pattern = IfMatch.FORM))
    @APIResponse(
            responseCode = "200",
            description = "The subscription.",
            headers = @Header(name = HttpHeaders.ETAG, schema = @Schema(implementation = String.class)),
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public Response put(
            @PathParam("account_id") String accountId,
            @Context HttpHeaders headers,
            @NotNull @Valid SubscriptionRequest request) {
        IfMatch ifMatch = IfMatch.of(headers);
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        if (Boolean.TRUE.equals(request.dryRun())) {
            return preview(subscriptions
                    .preview(request.checked(accountId, now), ifMatch)
                    .orThrow());
        }
        Cause cause = new Cause(caller.author(), request.reason());
        return answer(Outcome.await(subscriptions.put(request.checked(accountId, now), cause, ifMatch)));
    }

    private static Response preview(Subscriptions.Previewed previewed) {
        ChangePreview preview = previewed.preview();
        Response.ResponseBuilder response = Response.ok(Answer.of(preview.view(), Preview.of(preview)));
        return (previewed.seen() == null
                        ? response
                        : response.tag(previewed.seen().tag()))
                .build();
    }

    private static Response answer(SubscriptionView view) {
        return Response.ok(Answer.of(view)).tag(view.version().tag()).build();
    }
}
