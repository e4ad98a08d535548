package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.reconciliation.ReconciliationRepository.Range;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Comparisons of what the payment provider has with what is here. */
@Path("/v1/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "Payments")
@Blocking
public class ReconciliationResource {

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private static final UUID LAST = new UUID(-1L, -1L);

    /** Longer ago no provider takes money back. */
    private static final Duration FURTHEST_BACK = Duration.ofDays(800);

    private final Gateways gateways;
    private final Reconciler reconciler;
    private final ReconciliationRepository reconciliations;
    private final ReconciliationSettings settings;
    private final Caller caller;
    private final Clock clock;

    ReconciliationResource(
            Gateways gateways,
            Reconciler reconciler,
            ReconciliationRepository reconciliations,
            ReconciliationSettings settings,
            Caller caller,
            Clock clock) {
        this.gateways = gateways;
        this.reconciler = reconciler;
        this.reconciliations = reconciliations;
        this.settings = settings;
        this.caller = caller;
        this.clock = clock;
    }

    /** Which payments to compare. */
    @Schema(name = "ReconciliationRequest", examples = """
            {"from": "2026-11-01T00:00:00Z", "to": "2026-11-21T00:00:00Z"}""")
    record Wanted(
            @Schema(
                    description =
                            "Those that the provider created at this instant or later; absent: as far back as the job reaches.")
            @Nullable
            Instant from,

            @Schema(description = "Those that it created before this instant; absent: until now.") @Nullable
            Instant to) {}

    /** A reconciliation, under way or over. */
    @Schema(name = "Reconciliation", examples = """
            {"reconciliation_id": "reconciliation_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "provider": "stripe", "status": "succeeded",\
             "from": "2026-11-18T18:39:00Z", "to": "2026-11-21T18:34:00Z", "started_at": "2026-11-21T18:39:00Z",\
             "finished_at": "2026-11-21T18:39:02Z", "compared": 120, "repaired": 1, "unexplained": 0, "detail": null}""")
    record Reconciliation(
            @Schema(examples = "reconciliation_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String reconciliationId,

            PaymentGateway.Provider provider,
            ReconciliationStatus status,

            @Schema(description = "It covers payments that the provider created from then on, to before `to`.")
            Instant from,

            Instant to,
            Instant startedAt,

            @Schema(description = "Null as long as it runs.") @Nullable
            Instant finishedAt,

            @Schema(description = "How many payments were compared.", minimum = "0")
            long compared,

            @Schema(description = "In how many of them something was missing here, and was made up for.", minimum = "0")
            long repaired,

            @Schema(description = "How many of them a person has to see to.", minimum = "0")
            long unexplained,

            @Schema(description = "Why it failed; null: it did not.") @Nullable
            String detail) {

        static Reconciliation of(ReconciliationRow row) {
            return new Reconciliation(
                    PublicId.RECONCILIATION.of(row.reconciliationId),
                    EnumId.parse(PaymentGateway.Provider.class, row.provider),
                    EnumId.parse(ReconciliationStatus.class, row.status),
                    row.rangeStart,
                    row.rangeEnd,
                    row.startedAt,
                    row.finishedAt,
                    row.compared,
                    row.repaired,
                    row.unexplained,
                    row.detail);
        }
    }

    @POST
    @Refuses(Refusal.Code.PAYMENTS_NOT_CONFIGURED)
    @Operation(
            operationId = "reconcile",
            summary = "Compare the provider's payments with those here",
            description =
                    "What the job does now and then, at once. It answers once it is over, which takes time in proportion to the payments of"
                            + " the range: what is missing here was made up for then, and reportPayments has what a person has to see"
                            + " to. Where another one runs already, that is answered, as it is, and nothing else is done. Harmless to repeat.")
    public Reconciliation reconcile(@NotNull @Valid Wanted wanted) {
        caller.requireUnbound();
        PaymentGateway gateway = gateways.required();
        Range range = range(wanted);
        Optional<UUID> run;
        do {
            run = reconciler.run(gateway, range, caller.author());
            Optional<ReconciliationRow> other =
                    run.isPresent() ? Optional.empty() : reconciliations.running(gateway.provider());
            if (other.isPresent()) {
                return Reconciliation.of(other.get());
            }
        } while (run.isEmpty());
        return Reconciliation.of(reconciliations.get(run.get()));
    }

    private Range range(Wanted wanted) {
        Instant now = clock.instant();
        Instant to = wanted.to == null || wanted.to.isAfter(now) ? now : wanted.to;
        Instant from = wanted.from == null ? to.minus(settings.reachesBack()) : wanted.from;
        if (!from.isBefore(to) || from.isBefore(now.minus(FURTHEST_BACK))) {
            throw new InvalidInput(
                    "from", "must be before to, and at most %d days ago".formatted(FURTHEST_BACK.toDays()));
        }
        return new Range(from, to, false);
    }

    @GET
    @Operation(
            operationId = "listReconciliations",
            summary = "List reconciliations",
            description = "When payments were compared with the provider's, and what came of it; the newest first.")
    public Page<Reconciliation> list(
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        int most = query.limit();
        Cursor.Place place = query.placeCursor(1);
        UUID id = place == null ? LAST : PublicId.uuid(place.ids().get(0));
        if (id == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return Page.of(
                        reconciliations.before(place == null ? END : place.time(), id, most + 1),
                        most,
                        row -> Cursor.of(row.startedAt, List.of(row.reconciliationId.toString())))
                .map(Reconciliation::of);
    }
}
