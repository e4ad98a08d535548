package ai.mavster.credits.testclock;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.renewal.RenewalTally;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Months in seconds, for accounts that try things out. */
@Path("/v1/accounts/{account_id}/test-clock")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Test clocks")
@Blocking
public class TestClockResource {

    private final TestClocks clocks;

    TestClockResource(TestClocks clocks) {
        this.clocks = clocks;
    }

    /** How far to advance. */
    @Schema(name = "TestClockRequest", examples = """
            {"to": "2026-12-24T00:00:00Z"}""")
    record Advance(
            @NotNull
            @Schema(
                    description =
                            "No earlier than the clock stands, at most 10 years later, and by 2100-01-01T00:00:00Z.",
                    examples = "2026-12-24T00:00:00Z")
            Instant to) {}

    /** What an advance came to. */
    @Schema(name = "TestClockAdvance", examples = """
            {"account_id": "acct_7", "test_clock": "2026-12-24T00:00:00Z", "renewed": 1, "granted_full": 0,\
             "granted_partial": 1, "skipped": 0, "ended": 0, "credits_granted": 512.5}""")
    record Advanced(
            @Schema(examples = "acct_7") String accountId,

            @Schema(description = "Where the clock stands: as asked, or later where it was advanced further meanwhile.")
            Instant testClock,

            @Schema(description = "Periods entered on the way: granted_full + granted_partial + skipped.")
            long renewed,

            long grantedFull,
            long grantedPartial,
            long skipped,

            @Schema(description = "1 if the subscription was to be canceled at its period's end, and is; or else 0.")
            long ended,

            Credits creditsGranted) {

        static Advanced of(String accountId, TestClocks.Advanced advanced) {
            RenewalTally done = advanced.done();
            return new Advanced(
                    accountId,
                    advanced.stands(),
                    done.renewed(),
                    done.grantedFull(),
                    done.grantedPartial(),
                    done.skipped(),
                    done.ended(),
                    done.creditsGranted());
        }
    }

    @POST
    @Path("/advance")
    @RolesAllowed(Scopes.ADMIN)
    @Refuses({Refusal.Code.NO_TEST_CLOCK, Refusal.Code.TEST_CLOCK_AHEAD, Refusal.Code.BALANCE_LIMIT_EXCEEDED})
    @Operation(
            operationId = "advanceTestClock",
            summary = "Advance an account's test clock",
            description =
                    "Lets time pass for an account that was created with a `test_clock`. Each renewal on the way is made at its instant, and"
                            + " what expires, credits and holds, is settled at its own: the entries are the same in one go and day by day."
                            + " Safe to repeat, to overlap and to resume; the figures are of what this call did. `POST /v1/renewals` and"
                            + " the jobs leave such accounts alone.")
    @APIResponse(
            responseCode = "200",
            description = "The clock stands there, and all that fell due is done.",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Advanced.class)))
    public Advanced advance(@PathParam("account_id") String accountId, @NotNull @Valid Advance body) {
        return Advanced.of(accountId, clocks.advance(accountId, body.to));
    }
}
