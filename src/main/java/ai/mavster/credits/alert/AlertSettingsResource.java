package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.budget.PlanThresholds;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Ledger;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which alerts accounts have. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerts")
@Blocking
public class AlertSettingsResource {

    private final Ledger ledger;
    private final AlertSettingsRepository settings;

    AlertSettingsResource(Ledger ledger, AlertSettingsRepository settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    /** The settings as they are to be. */
    @Schema(name = "AlertSettingsRequest", description = "What is absent stays as it is.", examples = """
            {"debit_above": 100, "thresholds": [50, 75, 90], "running_out": true}""")
    record Request(
            @Schema(
                    implementation = Credits.class,
                    description = "Raise an alert for each single debit that takes more than this; null: for none.",
                    examples = "100")
            @Nullable
            Optional<@PositiveAmount Credits> debitAbove,

            @Schema(
                    description =
                            "Raise an alert at these percents of the plan's allotment, each once a period. Empty: at none; null: at those that the"
                                    + " service is configured with.",
                    examples = "[50, 75, 90]")
            @Nullable
            Optional<
                            @Size(max = 20) List<
                                    @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000")
                                    @Digits(integer = 4, fraction = 2) BigDecimal>>
                    thresholds,

            @Schema(
                    implementation = Boolean.class,
                    description =
                            "Raise an alert, once a period, where credits run out before the renewal at the present rate.",
                    examples = "true")
            @Nullable
            Optional<@NotNull Boolean> runningOut) {}

    /** The settings as they are. */
    @Schema(name = "AlertSettings", examples = """
            {"account_id": "acct_7", "debit_above": 100, "thresholds": [50, 75, 90], "running_out": true}""")
    record Answer(
            String accountId,

            @Schema(description = "Null: of no single debit.") @Nullable
            Credits debitAbove,

            @Schema(
                    description =
                            "Percents of the plan's allotment, lowest first: its own, or those that the service is configured with.")
            List<BigDecimal> thresholds,

            @Schema(description = "True unless it was set.") boolean runningOut) {

        static Answer of(AlertSettings settings, List<BigDecimal> thresholds) {
            return new Answer(settings.accountId(), settings.debitAbove(), thresholds, settings.runningOut());
        }
    }

    @GET
    @Path("/accounts/{account_id}/alert-settings")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "getAlertSettings",
            summary = "Get an account's alert settings",
            description = "As it is unless it was set, where nothing was.")
    public Answer get(@PathParam("account_id") String accountId) {
        List<BigDecimal> thresholds = Outcome.await(ledger.read(accountId, PlanThresholds::of));
        return Answer.of(QuarkusTransaction.requiringNew().call(() -> settings.of(accountId)), thresholds);
    }

    @PUT
    @Path("/accounts/{account_id}/alert-settings")
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "putAlertSettings",
            summary = "Change an account's alert settings",
            description = "From now on: what has happened before raises no alert. Repeating it is harmless.")
    public Answer put(@PathParam("account_id") String accountId, @NotNull @Valid Request request) {
        Boolean runningOut = request.runningOut == null ? null : request.runningOut.orElseThrow();
        PutAlertSettings.Done done = Outcome.await(
                ledger.submit(new PutAlertSettings(accountId, request.debitAbove, request.thresholds, runningOut)));
        return Answer.of(done.settings(), done.thresholds());
    }
}
