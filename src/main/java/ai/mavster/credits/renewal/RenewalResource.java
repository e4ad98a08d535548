package ai.mavster.credits.renewal;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PublicId;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The monthly job, and what it decided. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@Blocking
public class RenewalResource {

    /** On test clocks months may be renewed ahead, but a wrong digit in the year is refused. */
    private static final Duration FURTHEST_AHEAD = Duration.ofDays(400);

    private final Renewals renewals;
    private final RenewalRepository decisions;
    private final Ledger ledger;
    private final Caller caller;
    private final Clock clock;
    private final boolean testClocks;

    RenewalResource(
            Renewals renewals,
            RenewalRepository decisions,
            Ledger ledger,
            Caller caller,
            Clock clock,
            @ConfigProperty(name = "credits.test-clocks.enabled") boolean testClocks) {
        this.renewals = renewals;
        this.decisions = decisions;
        this.ledger = ledger;
        this.caller = caller;
        this.clock = clock;
        this.testClocks = testClocks;
    }

    /** What to renew. */
    @Schema(name = "RenewalRequest", examples = """
            {"limit": 10000}""")
    record Run(
            @Schema(
                    description =
                            "Renew what is due by then. Absent: now. Never in the future, except where test clocks are allowed: there it may"
                                    + " lie up to 400 days ahead, and accounts on test clocks renew what is due by then, ahead of where their"
                                    + " clocks stand. Accounts that go by the real time are never renewed ahead.",
                    examples = "2026-11-01T00:00:00Z")
            @Nullable
            Instant asOf,

            @Min(1)
            @Max(10_000_000)
            @Schema(description = "How many subscriptions at most. Absent: all.", examples = "10000")
            @Nullable
            Integer limit) {}

    /** What a run came to. */
    @Schema(name = "RenewalTally", examples = """
            {"due": 3, "renewed": 3, "granted_full": 1, "granted_partial": 1, "skipped": 1, "ended": 0, "failed": 0,\
             "credits_granted": 3512.5, "failures": [], "remaining_due": 0, "next_due_at": "2026-12-22T00:00:00Z"}""")
    record Tally(
            @Schema(description = "Subscriptions that were due when the run began.")
            long due,

            @Schema(
                    description =
                            "Periods entered: granted_full + granted_partial + skipped. A subscription that is months late enters several.")
            long renewed,

            long grantedFull,
            long grantedPartial,
            long skipped,

            @Schema(description = "Subscriptions that were to be canceled at their period's end, and are.")
            long ended,

            @Schema(description = "Subscriptions that could not be renewed; they stay due.")
            long failed,

            Credits creditsGranted,

            @Schema(description = "The first 100 of those that could not be renewed, and why.")
            List<Failure> failures,

            @Schema(description = "Subscriptions still due: the limit was reached, or they failed.")
            long remainingDue,

            @Schema(description = "When the next one falls due; null: none will.") @Nullable
            Instant nextDueAt) {

        @Schema(name = "RenewalFailure")
        record Failure(String accountId, String detail) {}

        static Tally of(RenewalTally tally) {
            return new Tally(
                    tally.due,
                    tally.renewed(),
                    tally.grantedFull(),
                    tally.grantedPartial(),
                    tally.skipped(),
                    tally.ended(),
                    tally.failed,
                    tally.creditsGranted(),
                    tally.failures.stream()
                            .map(failure -> new Failure(failure.accountId(), failure.why()))
                            .toList(),
                    tally.remainingDue,
                    tally.nextDueAt);
        }
    }

    /** A monthly grant's decision. */
    @Schema(name = "RenewalDecision", examples = """
            {"index": 1, "period_start": "2026-12-21T18:39:00Z", "period_end": "2027-01-21T18:39:00Z",\
             "plan": "basic", "plan_version": 1, "outcome": "partial", "granted": 512.5, "withheld": 2487.5, "balance_before": 3987.5,\
             "cap": 4500, "reason": "filled_up_to_cap", "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",\
             "at": "2026-12-21T18:40:00Z"}""")
    record Decision(
            @Schema(description = "0 for the period that starts at the anchor.")
            int index,

            Instant periodStart,
            Instant periodEnd,
            String plan,

            @Schema(description = "What the plan was then: one of listPlanVersions.", examples = "1")
            int planVersion,

            @Schema(enumeration = {"full", "partial", "skipped"})
            String outcome,

            Credits granted,

            @Schema(description = "What the cap kept back. Never made up.")
            Credits withheld,

            @Schema(description = "Top-ups and held credits count.")
            Credits balanceBefore,

            @Schema(description = "Null: no cap.") @Nullable Credits cap,

            @Schema(
                    enumeration = {"within_cap", "filled_up_to_cap", "at_or_above_cap", "no_cap", "trial_granted_before"
                    })
            String reason,

            @Nullable String grantId,
            Instant at) {

        static Decision of(Renewal renewal) {
            return new Decision(
                    renewal.periodIndex,
                    renewal.periodStart,
                    renewal.periodEnd,
                    renewal.planId,
                    renewal.planVersion,
                    renewal.outcome,
                    new Credits(renewal.granted),
                    new Credits(renewal.withheld),
                    new Credits(renewal.balanceBefore),
                    renewal.cap == null ? null : new Credits(renewal.cap),
                    renewal.reason,
                    renewal.grantId == null ? null : PublicId.GRANT.of(renewal.grantId),
                    renewal.decidedAt);
        }
    }

    @POST
    @Path("/renewals")
    @RolesAllowed({Scopes.RENEWALS, Scopes.ADMIN})
    @Operation(
            operationId = "renew",
            summary = "Renew what is due",
            description =
                    "The cron job's call. Enters each due subscription's next periods, in order, and makes their monthly grants up to"
                            + " the cap; nothing ahead of its time. Safe to repeat, to overlap and to resume: a period is decided once.")
    public Tally renew(@RequestBody(required = false) @Valid @Nullable Run run) {
        caller.requireUnbound();
        Instant now = clock.instant();
        Instant asOf = run == null || run.asOf == null ? now : run.asOf;
        requireNotAhead(asOf, now);
        return Tally.of(renewals.run(asOf, run == null || run.limit == null ? Long.MAX_VALUE : run.limit));
    }

    private void requireNotAhead(Instant asOf, Instant now) {
        if (asOf.isAfter(now) && !testClocks) {
            throw new InvalidInput(
                    "as_of",
                    "must not lie in the future: it is %s, and what a month that is renewed ahead withholds is never made up"
                            .formatted(now.truncatedTo(ChronoUnit.SECONDS)));
        }
        if (asOf.isAfter(now.plus(FURTHEST_AHEAD))) {
            throw new InvalidInput("as_of", "must be at most 400 days ahead");
        }
    }

    @GET
    @Path("/accounts/{account_id}/renewals")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listRenewals",
            summary = "List an account's monthly grants",
            description = "Each decision, also where nothing was granted; newest first.")
    public Page<Decision> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int most = query.limit();
        Instant before = query.instantCursor();
        Outcome.await(ledger.read(accountId, AccountView::accountId));
        return Page.of(
                        decisions.newestFirst(accountId, before, most + 1),
                        most,
                        renewal -> Cursor.of(renewal.periodStart))
                .map(Decision::of);
    }
}
