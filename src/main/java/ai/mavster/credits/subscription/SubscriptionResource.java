package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.PlanEffective;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An account's subscription. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@Blocking
public class SubscriptionResource {

    /** Clocks differ a little: an anchor this far ahead is taken for now. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final Instant EARLIEST_ANCHOR = Instant.parse("2000-01-01T00:00:00Z");

    private final Subscriptions subscriptions;
    private final Ledger ledger;
    private final Answers answers;
    private final Caller caller;

    SubscriptionResource(Subscriptions subscriptions, Ledger ledger, Answers answers, Caller caller) {
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.answers = answers;
        this.caller = caller;
    }

    /** A subscription as it is to be. */
    @Schema(name = "SubscriptionRequest", examples = """
            {"plan": "basic", "status": "active"}""")
    record Request(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "basic")
            String plan,

            @NotNull SubscriptionStatus status,

            @Schema(
                    description =
                            "Where the periods are counted from, no later than now. Absent: as it was; for a new subscription, now.",
                    examples = "2026-01-31T00:00:00Z")
            @Nullable
            Instant anchor,

            @Schema(
                    description =
                            "Whose days count, by its IANA name. Absent: as it was; for a new subscription, the account's.",
                    examples = "Europe/Berlin")
            @Nullable
            String timeZone,

            @Schema(
                    description =
                            "Cancel when what is paid for ends: the current period, or the year of a yearly plan.",
                    examples = "false")
            @Nullable
            Boolean cancelAtPeriodEnd,

            @Schema(
                    description =
                            "What a change of plan, or of monthly_credits, grants at once. next_renewal (the default): nothing before the next"
                                    + " renewal. immediate_difference: what the new allotment exceeds the largest by that the month was granted"
                                    + " for, up to the new cap.")
            @Nullable
            PlanChange planChange,

            @Schema(
                    description =
                            "When a change of plan takes effect. now (the default): at once, with the new cap. renewal: at the end of what is"
                                    + " paid for; putting the plan it has, or another one, before then takes its place.")
            @Nullable
            PlanEffective planEffective,

            @Schema(
                    implementation = Credits.class,
                    description =
                            "An allotment of its own, instead of the plan's. Absent: as it was, unless the plan changes; null: the plan's.",
                    examples = "250000")
            @Nullable
            Optional<@PositiveAmount Credits> monthlyCredits,

            @Text(max = 500)
            @Schema(description = "Why, for the history of changes.", examples = "Upgrade by the customer")
            @Nullable
            String reason) {}

    /** A subscription as it is. */
    @Schema(name = "Subscription", examples = """
            {"account_id": "acct_7", "plan": "basic", "allotment": 3000, "monthly_credits": null, "next_plan": null,\
             "status": "active", "status_since": "2026-11-21T18:39:00Z", "grace_until": null, "anchor": "2026-11-21T18:39:00Z",\
             "time_zone": "Europe/Berlin", "current_period": {"start": "2026-11-21T18:39:00Z", "end": "2026-12-21T18:39:00Z", "index": 0},\
             "billing_period": {"start": "2026-11-21T18:39:00Z", "end": "2026-12-21T18:39:00Z"}, "cancel_at_period_end": false,\
             "created_at": "2026-11-21T18:39:00Z", "updated_at": "2026-11-21T18:39:00Z"}""")
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
            Instant createdAt,
            Instant updatedAt) {

        @Schema(name = "SubscriptionPeriod", description = "Half-open: the start belongs to it, the end to the next.")
        public record CurrentPeriod(
                Instant start,
                Instant end,

                @Schema(description = "0 for the one that starts at the anchor.")
                int index) {}

        @Schema(name = "BillingPeriod", description = "Half-open: the start belongs to it, the end to the next.")
        public record BillingPeriod(Instant start, Instant end) {}

        public static Answer of(SubscriptionView view) {
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
                    subscription.createdAt(),
                    subscription.updatedAt());
        }
    }

    @PUT
    @Path("/accounts/{account_id}/subscription")
    @RolesAllowed(Scopes.ADMIN)
    @Refuses({Refusal.Code.PLAN_NOT_FOUND, Refusal.Code.BALANCE_LIMIT_EXCEEDED})
    @Operation(
            operationId = "putSubscription",
            summary = "Subscribe, change or cancel",
            description =
                    "The whole subscription. One that becomes active or trialing makes its current period's monthly grant at once,"
                            + " unless that time has been granted already; nothing is granted for earlier periods. No change takes credits"
                            + " away. Renewals that are due come first. One that changes nothing leaves no trace; all others are in the"
                            + " history of changes.")
    @APIResponse(
            responseCode = "200",
            description = "The subscription.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public CompletionStage<Response> put(@PathParam("account_id") String accountId, @NotNull @Valid Request request) {
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        SubscriptionDecision.Request checked = check(accountId, request, now);
        Cause cause = new Cause(caller.author(), request.reason);
        return answers.ok(subscriptions.put(checked, cause), Answer::of);
    }

    /** Of its form: what it is decided by is read when it is. */
    private static SubscriptionDecision.Request check(String accountId, Request request, Instant now) {
        if (request.anchor != null && request.anchor.isAfter(now.plus(CLOCK_SKEW))) {
            throw new InvalidInput("anchor", "must not lie in the future");
        }
        if (request.anchor != null && request.anchor.isBefore(EARLIEST_ANCHOR)) {
            throw new InvalidInput("anchor", "must not lie before " + EARLIEST_ANCHOR);
        }
        ZoneId zone = request.timeZone == null ? null : zone(request.timeZone);
        return new SubscriptionDecision.Request(
                accountId,
                request.plan,
                request.monthlyCredits == null
                        ? null
                        : new SubscriptionDecision.Own(request.monthlyCredits.orElse(null)),
                request.status,
                request.anchor,
                zone,
                Boolean.TRUE.equals(request.cancelAtPeriodEnd),
                request.planChange == null ? PlanChange.NEXT_RENEWAL : request.planChange,
                request.planEffective);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidInput("time_zone", "must be a time zone's IANA name, such as Europe/Berlin");
        }
    }
}
