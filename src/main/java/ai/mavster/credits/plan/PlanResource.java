package ai.mavster.credits.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The plans that can be subscribed to. */
@Path("/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@Blocking
public class PlanResource {

    private static final BigDecimal DEFAULT_CAP_RATIO = new BigDecimal("1.5");

    private final PlanRepository plans;
    private final PlanVersionRepository versions;
    private final Caller caller;
    private final Clock clock;

    PlanResource(PlanRepository plans, PlanVersionRepository versions, Caller caller, Clock clock) {
        this.plans = plans;
        this.versions = versions;
        this.caller = caller;
        this.clock = clock;
    }

    /** A plan as it is to be. */
    @Schema(name = "PlanRequest", examples = """
            {"name": "Team", "monthly_credits": 10000, "cap_ratio": 1.5, "rollover": "capped"}""")
    record Request(
            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "If given, the same as in the path.", examples = "team")
            @Nullable
            String id,

            @NotNull @Text(max = 200) @Schema(examples = "Team")
            String name,

            @NotNull @PositiveAmount @Schema(description = "What a month grants at most.", examples = "10000")
            Credits monthlyCredits,

            @Schema(
                    implementation = BigDecimal.class,
                    description = "A grant fills up to monthly_credits times this. Absent: 1.5; null: no cap.",
                    examples = "1.5")
            @Nullable
            Optional<@DecimalMin("0") @DecimalMax("1000") @Digits(integer = 4, fraction = 6) BigDecimal> capRatio,

            @Schema(
                    description =
                            "What becomes of monthly credits left at a period's end: capped (the default), none (they expire) or"
                                    + " unlimited (no cap).")
            @Nullable
            Rollover rollover,

            @Schema(
                    implementation = Credits.class,
                    description =
                            "What a trial grants, once for an account; the rest of the month follows when it becomes active. Absent or null: a"
                                    + " trial is granted as any month is.",
                    examples = "500")
            @Nullable
            Optional<@PositiveAmount Credits> trialCredits,

            @Schema(
                    description =
                            "How long a subscription is paid for; credits are granted monthly either way. Absent: month.")
            @Nullable
            BillingInterval billingInterval,

            @Text(max = 500)
            @Schema(description = "Why, for the plan's versions.", examples = "More for the same price")
            @Nullable
            String reason) {

        PlanTerms terms(String planId, int version) {
            return new PlanTerms(
                    planId,
                    monthlyCredits,
                    capRatio == null ? DEFAULT_CAP_RATIO : capRatio.orElse(null),
                    rollover == null ? Rollover.CAPPED : rollover,
                    trialCredits == null ? null : trialCredits.orElse(null),
                    billingInterval == null ? BillingInterval.MONTH : billingInterval,
                    version);
        }
    }

    /** A plan as it is. */
    @Schema(name = "Plan", examples = """
            {"id": "team", "name": "Team", "monthly_credits": 10000, "cap_ratio": 1.5, "rollover": "capped",\
             "trial_credits": null, "billing_interval": "month", "version": 1}""")
    record Answer(
            @Schema(examples = "pro") String id,
            String name,
            @Schema(examples = "20000") Credits monthlyCredits,
            @Schema(examples = "1.5") @Nullable BigDecimal capRatio,
            Rollover rollover,
            @Schema(examples = "500") @Nullable Credits trialCredits,
            BillingInterval billingInterval,

            @Schema(
                    description =
                            "Counts what it has been: listPlanVersions has all of them, and what was granted by it names one.",
                    examples = "1")
            int version) {

        static Answer of(Plan plan) {
            return new Answer(
                    plan.planId,
                    plan.name,
                    new Credits(plan.monthlyCredits),
                    Decimals.plain(plan.capRatio),
                    EnumId.parse(Rollover.class, plan.rollover),
                    plan.trialCredits == null ? null : new Credits(plan.trialCredits),
                    EnumId.parse(BillingInterval.class, plan.billingInterval),
                    plan.version);
        }
    }

    @GET
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(operationId = "listPlans", summary = "List the plans", description = "By their ids.")
    public Page<Answer> list(
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int rows = query.limit();
        String after = query.textCursor();
        List<Plan> found = plans.find("planId > ?1 order by planId", after == null ? "" : after)
                .page(0, rows + 1)
                .list();
        return Page.of(found, rows, plan -> Cursor.of(plan.planId)).map(Answer::of);
    }

    @GET
    @Path("/{plan_id}")
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.PLAN_NOT_FOUND)
    @Operation(operationId = "getPlan", summary = "Get a plan", description = "As it is now.")
    public Answer get(@PathParam("plan_id") @Pattern(regexp = Identifier.PATTERN) String planId) {
        return Answer.of(plans.findByIdOptional(planId).orElseThrow(() -> new RefusalException(noSuchPlan(planId))));
    }

    @PUT
    @Path("/{plan_id}")
    @Transactional
    @RolesAllowed(Scopes.ADMIN)
    @Operation(
            operationId = "putPlan",
            summary = "Create or change a plan",
            description =
                    "The whole plan. Subscriptions to it follow at once: the cap and the allotment of a grant are the plan's at that"
                            + " moment. What it was stays in its versions, with who changed it and why; putting what is there adds none.")
    @APIResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public Response put(
            @PathParam("plan_id") @Pattern(regexp = Identifier.PATTERN) String planId,
            @NotNull @Valid Request request) {
        caller.requireUnbound();
        if (request.id != null && !request.id.equals(planId)) {
            throw new InvalidInput("id", "must be the one in the path");
        }
        boolean created = plans.createUnlessThere(planId);
        Plan plan = plans.findById(planId, LockModeType.PESSIMISTIC_WRITE);
        PlanTerms terms = request.terms(planId, created ? plan.version : plan.version + 1);
        if (created || !plan.is(request.name, terms)) {
            plan.become(request.name, terms);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            versions.persist(PlanVersion.of(plan, now, caller.author(), request.reason));
        }
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(Answer.of(plan))
                .build();
    }

    static Refusal noSuchPlan(String planId) {
        return Refusal.of(
                Refusal.Code.PLAN_NOT_FOUND, "There is no plan %s. GET /v1/plans lists them.".formatted(planId));
    }
}
