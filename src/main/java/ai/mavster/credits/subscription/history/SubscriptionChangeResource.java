package ai.mavster.credits.subscription.history;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of subscriptions: who changed them, when and why. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@Blocking
public class SubscriptionChangeResource {

    private final SubscriptionChangeRepository changes;
    private final Ledger ledger;

    SubscriptionChangeResource(SubscriptionChangeRepository changes, Ledger ledger) {
        this.changes = changes;
        this.ledger = ledger;
    }

    /** A change of a subscription: what it was, what it became, and why. */
    @Schema(name = "SubscriptionChange", examples = """
            {"id": "change_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "kind": "changed", "at": "2026-11-21T18:39:00Z",\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "Ada"},\
             "reason": "Upgrade by the customer",\
             "previous_plan": "basic", "previous_status": "active", "plan": "pro", "plan_version": 1, "monthly_credits": null, "next_plan": null,\
             "status": "active", "cancel_at_period_end": false, "anchor": "2026-11-21T18:39:00Z", "time_zone": "Europe/Berlin",\
             "granted": 0, "withheld": 0, "grant_id": null}""")
    record Answer(
            String id,

            @Schema(
                    enumeration = {"subscribed", "changed", "plan_entered", "ended", "closed", "imported"},
                    description =
                            "plan_entered: the plan that was chosen for the renewal is the plan now. ended: canceled at its period's end.")
            String kind,

            Instant at,

            @Schema(description = "Who asked for it; the job renewals where its time had come.")
            Author author,

            @Nullable String reason,

            @Schema(description = "Null: there was none.") @Nullable
            String previousPlan,

            @Schema(description = "Null: there was none.") @Nullable
            SubscriptionStatus previousStatus,

            String plan,

            @Schema(description = "What the plan was then: one of listPlanVersions.", examples = "1")
            int planVersion,

            @Schema(description = "Its own allotment; null: the plan's.") @Nullable
            Credits monthlyCredits,

            @Schema(description = "The plan from the next renewal on; null: no change is coming.") @Nullable
            String nextPlan,

            SubscriptionStatus status,
            boolean cancelAtPeriodEnd,
            Instant anchor,
            String timeZone,

            @Schema(
                    description =
                            "What it granted at once beside the month: the difference to a larger plan, or the rest of the month after a trial.")
            Credits granted,

            @Schema(description = "What the cap kept back of that. Never made up.")
            Credits withheld,

            @Nullable String grantId) {

        static Answer of(SubscriptionChangeRow change) {
            return new Answer(
                    PublicId.CHANGE.of(change.changeId),
                    change.kind,
                    change.changedAt,
                    new Author(EnumId.parse(Author.Type.class, change.authorType), change.authorId, change.authorName),
                    change.reason,
                    change.previousPlanId,
                    change.previousStatus == null
                            ? null
                            : EnumId.parse(SubscriptionStatus.class, change.previousStatus),
                    change.planId,
                    change.planVersion,
                    change.monthlyCredits == null ? null : new Credits(change.monthlyCredits),
                    change.nextPlanId,
                    EnumId.parse(SubscriptionStatus.class, change.status),
                    change.cancelAtPeriodEnd,
                    change.anchor,
                    change.timeZone,
                    new Credits(change.granted),
                    new Credits(change.withheld),
                    change.grantId == null ? null : PublicId.GRANT.of(change.grantId));
        }
    }

    @GET
    @Path("/accounts/{account_id}/subscription/changes")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listSubscriptionChanges",
            summary = "List the changes of an account's subscription",
            description = "Who changed what, when and why; newest first. Monthly grants are listed by listRenewals.")
    public Page<Answer> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int most = query.limit();
        UUID before = before(query.textCursor());
        Outcome.await(ledger.read(accountId, AccountView::accountId));
        return Page.of(
                        changes.newestFirst(accountId, before, most + 1),
                        most,
                        change -> Cursor.of(PublicId.CHANGE.of(change.changeId)))
                .map(Answer::of);
    }

    private static @Nullable UUID before(@Nullable String cursor) {
        UUID id = cursor == null ? null : PublicId.CHANGE.parse(cursor);
        if (cursor != null && id == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return id;
    }
}
