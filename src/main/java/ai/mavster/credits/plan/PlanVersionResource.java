package ai.mavster.credits.plan;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What plans were, who changed them, and why. */
@Path("/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@Blocking
public class PlanVersionResource {

    private final PlanRepository plans;
    private final PlanVersionRepository versions;
    private final Caller caller;

    PlanVersionResource(PlanRepository plans, PlanVersionRepository versions, Caller caller) {
        this.plans = plans;
        this.versions = versions;
        this.caller = caller;
    }

    /** What a plan was from some time on. */
    @Schema(name = "PlanVersion", examples = """
            {"version": 2, "valid_from": "2026-11-21T18:39:00Z", "author": {"type": "api_key",\
             "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "Ada"}, "reason": "More for the same price",\
             "name": "Team", "monthly_credits": 12000, "cap_ratio": 1.5, "rollover": "capped", "trial_credits": null,\
             "billing_interval": "month"}""")
    record Answer(
            @Schema(examples = "2") int version,

            @Schema(description = "Until the next version.") Instant validFrom,

            Author author,
            @Nullable String reason,
            String name,
            @Schema(examples = "12000") Credits monthlyCredits,
            @Schema(examples = "1.5") @Nullable BigDecimal capRatio,
            Rollover rollover,
            @Schema(examples = "500") @Nullable Credits trialCredits,
            BillingInterval billingInterval) {

        static Answer of(PlanVersion version) {
            return new Answer(
                    version.version,
                    version.validFrom,
                    version.author(),
                    version.reason,
                    version.name,
                    new Credits(version.monthlyCredits),
                    Decimals.plain(version.capRatio),
                    EnumId.parse(Rollover.class, version.rollover),
                    version.trialCredits == null ? null : new Credits(version.trialCredits),
                    EnumId.parse(BillingInterval.class, version.billingInterval));
        }
    }

    @GET
    @Path("/{plan_id}/versions")
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.PLAN_NOT_FOUND)
    @Operation(
            operationId = "listPlanVersions",
            summary = "List what a plan was",
            description =
                    "Each version from when on, by whom and why; newest first. A renewal and a change of a subscription name the"
                            + " version that they were decided by. Not for keys bound to an account.")
    public Page<Answer> list(
            @PathParam("plan_id") @Pattern(regexp = Identifier.PATTERN) String planId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        int most = query.limit();
        Long before = query.numberCursor();
        if (plans.findByIdOptional(planId).isEmpty()) {
            throw new RefusalException(PlanResource.noSuchPlan(planId));
        }
        return Page.of(versions.newestFirst(planId, before, most + 1), most, version -> Cursor.of(version.version))
                .map(Answer::of);
    }
}
