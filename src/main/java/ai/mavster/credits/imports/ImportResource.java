package ai.mavster.credits.imports;

import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.body.Elements;
import ai.mavster.credits.http.body.Listed;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
    private final Elements elements;
    private final Problems problems;
    private final Caller caller;

    ImportResource(Imports imports, Elements elements, Problems problems, Caller caller) {
        this.imports = imports;
        this.elements = elements;
        this.problems = problems;
        this.caller = caller;
    }

    /** Accounts to bring over. */
    @Schema(name = "ImportRequest", examples = """
            {"dry_run": true, "accounts": [{"account_id": "acct_7", "balance": 1200}]}""")
    record Request(
            @Schema(description = "Check only, and write nothing.", examples = "true") @Nullable
            Boolean dryRun,

            @NotNull
            @Size(min = 1, max = 1000)
            @Schema(implementation = ImportedAccount[].class, description = "1 to 1000 accounts.")
            List<Listed<ImportedAccount>> accounts) {}

    /** What became of each account. */
    @Schema(name = "ImportReport", examples = """
            {"dry_run": true, "imported": 1, "unchanged": 0, "refused": 0,\
             "results": [{"account_id": "acct_7", "outcome": "imported", "note": null, "problem": null}]}""")
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
    @Schema(name = "ImportResult", examples = """
            {"account_id": "acct_7", "outcome": "imported", "note": null, "problem": null}""")
    record Result(
            @Schema(description = "Null: it could not be read.") @Nullable
            String accountId,

            Imports.Verdict outcome,

            @Schema(description = "What was left as it is; else null.") @Nullable
            String note,

            @Schema(description = "Why it was refused; else null.") @Nullable
            Problem problem) {

        static Result of(Imports.Result result, Problems problems) {
            return new Result(
                    result.accountId(),
                    result.outcome(),
                    result.note(),
                    result.fault() == null ? null : problems.of(result.fault()));
        }
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
        List<Imports.Element> accounts =
                request.accounts.stream().map(this::read).toList();
        boolean dryRun = Boolean.TRUE.equals(request.dryRun);
        List<Imports.Result> results = imports.bringOver(accounts, dryRun, caller.author());
        return new Report(
                dryRun,
                count(results, Imports.Verdict.IMPORTED),
                count(results, Imports.Verdict.UNCHANGED),
                count(results, Imports.Verdict.REFUSED),
                results.stream().map(result -> Result.of(result, problems)).toList());
    }

    private Imports.Element read(Listed<ImportedAccount> element) {
        try {
            return new Imports.Element(elements.open(element), null);
        } catch (ProblemException e) {
            return new Imports.Element(null, e);
        }
    }

    private static long count(List<Imports.Result> results, Imports.Verdict outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }
}
