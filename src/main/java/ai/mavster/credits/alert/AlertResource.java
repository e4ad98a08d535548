package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PublicId;
import io.quarkus.narayana.jta.QuarkusTransaction;
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
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The alerts of accounts. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerts")
@Blocking
public class AlertResource {

    private final AlertRepository alerts;
    private final Ledger ledger;

    AlertResource(AlertRepository alerts, Ledger ledger) {
        this.alerts = alerts;
        this.ledger = ledger;
    }

    /** An alert. */
    @Schema(name = "Alert", examples = """
            {"id": "alert_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "scope": "project", "scope_id": "checkout", "threshold": 90,\
             "used": 451, "limit": 500, "window_start": "2026-11-01T00:00:00Z", "at": "2026-11-21T18:39:00Z"}""")
    record Answer(
            String id,

            @Schema(
                    description =
                            "A threshold of the plan's allotment (plan) or of a budget (account, workspace, project); a"
                                    + " single debit above debit_above (debit); credits that run out before the renewal at the present rate"
                                    + " (run_rate); nothing available any more (credits).")
            AlertScope scope,

            @Schema(description = "The workspace, the project or the debit; or else the account.")
            String scopeId,

            @Schema(description = "In percent of the limit; null: it is not about one.") @Nullable
            BigDecimal threshold,

            @Schema(
                    description =
                            "Of the limit, when it was raised; of a debit what it took; of run_rate what the rest of the period needs at the"
                                    + " present rate. Null: of credits.")
            @Nullable
            Credits used,

            @Schema(
                    description =
                            "The budget's limit, or the allotment; of a debit what was set; of run_rate what was available. Null: of"
                                    + " credits.")
            @Nullable
            Credits limit,

            @Schema(description = "Of the limit's window, or of the billing period; null: it is of neither.") @Nullable
            Instant windowStart,

            Instant at) {

        static Answer of(Alert alert) {
            return new Answer(
                    PublicId.ALERT.of(alert.alertId()),
                    alert.scope(),
                    alert.scopeId(),
                    Decimals.plain(alert.threshold()),
                    alert.used(),
                    alert.limit(),
                    alert.windowStart(),
                    alert.at());
        }
    }

    @GET
    @Path("/accounts/{account_id}/alerts")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listAlerts",
            summary = "List an account's alerts",
            description =
                    "Newest first. Each threshold of a limit raises one alert in each window, in the transaction of the debit that reached it,"
                            + " and again only where the limit was raised since; several by one debit are several alerts.")
    public Page<Answer> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @Schema(implementation = AlertScope[].class, minItems = 1)
                    @Parameter(
                            description = "Only alerts about these, separated by commas.",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            example = "[\"plan\", \"project\"]")
                    @QueryParam("scope")
                    @Nullable
                    String scope,
            @Parameter(description = "Only alerts raised at this instant or later.") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "Only alerts raised before this instant.") @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        AlertRepository.Asked asked = new AlertRepository.Asked(
                accountId, query.anyOf("scope", AlertScope.class), query.instant("from"), query.instant("to"));
        int most = query.limit();
        AlertRepository.Place after = AlertRepository.Place.of(query.placeCursor(1));
        Outcome.await(ledger.read(accountId, AccountView::accountId));
        return Page.of(
                        QuarkusTransaction.requiringNew().call(() -> alerts.newestFirst(asked, after, most + 1)),
                        most,
                        AlertRepository.Place::cursor)
                .map(Answer::of);
    }
}
