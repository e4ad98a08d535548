package ai.mavster.credits.imports;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.subscription.SubscriptionStatus;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Brings accounts over from another system. */
@Path("/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
@Blocking
public class ImportResource {

    private final Imports imports;
    private final Caller caller;

    ImportResource(Imports imports, Caller caller) {
        this.imports = imports;
        this.caller = caller;
    }

    /** Accounts to bring over. */
    @Schema(name = "Import")
    record Request(
            @Schema(description = "Check only, and write nothing.", examples = "true") @Nullable
            Boolean dryRun,

            @NotNull
            @Size(min = 1, max = 1000)
            @Schema(implementation = Imported[].class, description = "1 to 1000 accounts.")
            List<JsonNode> accounts) {}

    /** An account as the other system has it. */
    @Schema(name = "ImportedAccount")
    record Imported(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
            String accountId,

            @Text(max = 200) @Schema(examples = "Example Inc.") @Nullable
            String name,

            @Email @Size(min = 3, max = 254) @Text(max = 254) @Schema(examples = "billing@example.com") @Nullable
            String billingEmail,

            @Schema(description = "Whose days count, by its IANA name. Absent: UTC.", examples = "Europe/Berlin")
            @Nullable
            String timeZone,

            @PositiveAmount
            @Schema(description = "Credits that never expire: top-ups that are left.", examples = "1200")
            @Nullable
            Credits balance,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "Absent: no subscription. With it, status and anchor are needed.", examples = "pro")
            @Nullable
            String plan,

            @Nullable SubscriptionStatus status,

            @Schema(
                    description =
                            "Where the periods are counted from: the next one is granted here, the current one was there.",
                    examples = "2026-01-31T00:00:00Z")
            @Nullable
            Instant anchor,

            @Schema(description = "Cancel when what is paid for ends.") @Nullable
            Boolean cancelAtPeriodEnd,

            @PositiveAmount
            @Schema(description = "An allotment of its own; absent: the plan's.", examples = "250000")
            @Nullable
            Credits monthlyCredits,

            @PositiveAmount
            @Schema(
                    description =
                            "What is left of the current month's grant; it expires as the plan's monthly credits do.",
                    examples = "800")
            @Nullable
            Credits monthlyBalance) {}

    /** What became of each account. */
    @Schema(name = "ImportReport")
    record Report(
            boolean dryRun,

            @Schema(description = "Brought over now, or could be.")
            long imported,

            @Schema(description = "Were brought over before; nothing of them changed.")
            long unchanged,

            long refused,

            @Schema(description = "In the order of the request.")
            List<Result> results) {}

    /** What became of one account. */
    @Schema(name = "ImportResult")
    record Result(
            @Schema(description = "Null: it could not be read.") @Nullable
            String accountId,

            Verdict outcome,

            @Schema(description = "What was left as it is; else null.") @Nullable
            String note,

            @Schema(description = "Why it was refused; else null.") @Nullable
            Problem problem) {}

    /** What became of one account. */
    enum Verdict {
        IMPORTED,
        UNCHANGED,
        REFUSED
    }

    @POST
    @RolesAllowed(Scopes.ADMIN)
    @Operation(
            operationId = "importAccounts",
            summary = "Bring accounts over from another system",
            description =
                    "Up to 1000 accounts with their balances and subscriptions; `import` on the service's command line sends whole files of"
                            + " CSV or NDJSON. Sending them again changes nothing. One that is refused holds up no other.")
    public Report bringOver(@NotNull @Valid Request request) {
        caller.requireUnbound();
        return imports.bringOver(request.accounts, Boolean.TRUE.equals(request.dryRun), caller.name());
    }
}
