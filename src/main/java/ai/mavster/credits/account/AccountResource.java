package ai.mavster.credits.account;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.budget.BudgetView;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.recharge.AutoRecharge;
import ai.mavster.credits.testclock.TestClocks;
import ai.mavster.credits.usage.CurrentUsage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who owns credits. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
@Blocking
public class AccountResource {

    /** By its name: an offset's would be shown as Z. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final AccountRepository accounts;
    private final Ledger ledger;
    private final CurrentUsage usage;
    private final Problems problems;
    private final TestClocks testClocks;
    private final Clock clock;

    AccountResource(
            AccountRepository accounts,
            Ledger ledger,
            CurrentUsage usage,
            Problems problems,
            TestClocks testClocks,
            Clock clock) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.usage = usage;
        this.problems = problems;
        this.testClocks = testClocks;
        this.clock = clock;
    }

    /** An account as it is to be: what is absent stays as it is, null clears it. */
    @Schema(name = "AccountRequest", description = "What is absent stays as it is; null clears it.", examples = """
            {"name": "Example Inc.", "billing_email": "billing@example.com", "time_zone": "Europe/Berlin"}""")
    record Request(
            @Schema(implementation = String.class, examples = "Example Inc.") @Nullable
            Optional<@Text(max = 200) String> name,

            @Schema(implementation = String.class, examples = "billing@example.com") @Nullable
            Optional<@Email @Size(min = 3, max = 254) @Text(max = 254) String> billingEmail,

            @Schema(
                    implementation = String.class,
                    description = "Whose days count, by its IANA name. UTC unless set.",
                    examples = "Europe/Berlin")
            @Nullable
            Optional<String> timeZone,

            @Schema(description = "The caller's own notes; all pairs at once.") @Nullable
            Optional<Metadata> metadata,

            @Schema(
                    description =
                            "Makes an account for trying things out, with a clock of its own that stands still there until it is advanced:"
                                    + " everything of the account is as of that. From 2000 to 2100; only for a new account, and only where"
                                    + " the service allows it (CREDITS_TEST_CLOCKS).",
                    examples = "2026-11-21T18:39:00Z")
            @Nullable
            Optional<Instant> testClock) {}

    @PUT
    @Path("/accounts/{account_id}")
    @RolesAllowed(Scopes.ADMIN)
    @Operation(
            operationId = "putAccount",
            summary = "Create or change an account",
            description = "The id is the caller's own. Repeating it is harmless.")
    @APIResponse(
            responseCode = "200",
            description = "The account, changed if anything differed.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AccountAnswer.class)))
    public Response put(@PathParam("account_id") String accountId, @NotNull @Valid Request request)
            throws SQLException {
        ZoneId zone = request.timeZone == null
                ? null
                : request.timeZone.map(AccountResource::zone).orElse(UTC);
        boolean created = QuarkusTransaction.requiringNew().call(() -> create(accountId, request, zone));
        if (!created) {
            AccountSummary summary = summary(accountId);
            Instant now = summary.onTestClock() ? summary.asOf() : now();
            QuarkusTransaction.requiringNew().run(() -> change(summary, request, zone, now));
        }
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(get(accountId))
                .build();
    }

    private boolean create(String accountId, Request request, @Nullable ZoneId zone) {
        Instant testClock = request.testClock == null ? null : request.testClock.orElse(null);
        AccountRepository.Profile profile = new AccountRepository.Profile(
                accountId,
                request.name == null ? null : request.name.orElse(null),
                request.billingEmail == null ? null : request.billingEmail.orElse(null),
                zone == null ? UTC : zone,
                testClock);
        boolean created = accounts.create(profile, now());
        if (created && request.metadata != null) {
            accounts.locked(accountId).note(request.metadata.orElse(null));
        }
        if (created && testClock != null) {
            testClocks.requireStart(testClock);
        }
        return created;
    }

    private void change(AccountSummary summary, Request request, @Nullable ZoneId zone, Instant now) {
        accounts.requireOpen(summary.accountId());
        boolean moved = zone != null && !zone.getId().equals(summary.timeZone());
        if (zone != null && moved) {
            accounts.changeTimeZone(summary.accountId(), zone);
        }
        Account account = accounts.locked(summary.accountId());
        requireSameClock(account, summary, request);
        String name = request.name == null ? account.name : request.name.orElse(null);
        String email = request.billingEmail == null ? account.billingEmail : request.billingEmail.orElse(null);
        Metadata metadata = request.metadata == null ? account.metadata() : request.metadata.orElse(null);
        if (moved
                || !Objects.equals(name, account.name)
                || !Objects.equals(email, account.billingEmail)
                || !Objects.equals(metadata, account.metadata())) {
            account.name = name;
            account.billingEmail = email;
            account.note(metadata);
            account.updatedAt = now;
        }
    }

    /** It is given once. Sent again it may be as it was then, which was when the account was made, or as it stands. */
    private static void requireSameClock(Account account, AccountSummary summary, Request request) {
        if (request.testClock == null) {
            return;
        }
        Instant testClock = summary.onTestClock() ? summary.asOf() : null;
        Instant requested = request.testClock.orElse(null);
        boolean same =
                Objects.equals(requested, testClock) || (testClock != null && account.createdAt.equals(requested));
        if (!same) {
            throw new InvalidInput(
                    "test_clock",
                    testClock == null
                            ? "can be given to a new account only"
                            : "stands at %s, and only POST …/test-clock/advance moves it".formatted(testClock));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidInput("time_zone", "must be a time zone's IANA name, such as Europe/Berlin");
        }
    }

    @GET
    @Path("/accounts/{account_id}")
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "getAccount",
            summary = "Get an account",
            description =
                    "All that a page shows of it, as of one moment: credits, what stands in the way of spending"
                            + " them and the way out, the subscription, what its period has used, the budgets, and the coming grant.")
    public AccountAnswer get(@PathParam("account_id") String accountId) throws SQLException {
        Read read = Outcome.await(ledger.read(accountId, Read::of));
        Refusal blocked = read.summary.blocked();
        return AccountAnswer.of(
                QuarkusTransaction.requiringNew().call(() -> accounts.findById(accountId)),
                read.summary,
                usage.of(read.usage),
                read.budgets,
                read.autoRecharge,
                blocked == null ? null : problems.of(blocked));
    }

    /** One question, so that all figures are of one moment. */
    private record Read(
            AccountSummary summary, CurrentUsage.Read usage, List<BudgetView> budgets, AutoRecharge autoRecharge) {

        static Read of(AccountView account) {
            return new Read(
                    AccountSummary.of(account),
                    CurrentUsage.Read.of(account),
                    BudgetView.of(account),
                    AutoRecharge.of(account));
        }
    }

    private AccountSummary summary(String accountId) {
        return Outcome.await(ledger.read(accountId, AccountSummary::of));
    }
}
