package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.Overview;
import ai.mavster.credits.subscription.SubscriptionResource;
import ai.mavster.credits.subscription.TestClocks;
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
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
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

    private final Accounts accounts;
    private final Ledger ledger;
    private final Answers answers;
    private final TestClocks testClocks;
    private final Clock clock;

    AccountResource(Accounts accounts, Ledger ledger, Answers answers, TestClocks testClocks, Clock clock) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.answers = answers;
        this.testClocks = testClocks;
        this.clock = clock;
    }

    /** An account as it is to be: what is absent stays as it is, null clears it. */
    @Schema(name = "AccountWish", description = "What is absent stays as it is; null clears it.")
    record Wish(
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

            @Schema(
                    description =
                            "Makes an account for trying things out, with a clock of its own that stands still there until it is advanced:"
                                    + " everything of the account is as of that. From 2000 to 2100; only for a new account, and only where"
                                    + " the service allows it (CREDITS_TEST_CLOCKS).",
                    examples = "2026-11-21T18:39:00Z")
            @Nullable
            Optional<Instant> testClock) {}

    /** An account as it is. */
    @Schema(name = "Account")
    record Answer(
            @Schema(examples = "acct_7") String accountId,
            @Nullable String name,
            @Nullable String billingEmail,
            String timeZone,

            @Schema(description = "All credits, held ones too.")
            Credits balance,

            Credits held,
            Credits available,
            SubscriptionResource.@Nullable Answer subscription,
            Overview.@Nullable NextGrant nextGrant,

            @Schema(description = "Where the account's own clock stands; null: it has none, and goes by the real time.")
            @Nullable
            Instant testClock,

            Instant createdAt,
            Instant updatedAt) {

        static Answer of(Account account, Seen seen) {
            Overview overview = seen.overview;
            return new Answer(
                    account.accountId,
                    account.name,
                    account.billingEmail,
                    account.timeZone,
                    overview.balance(),
                    overview.held(),
                    overview.available(),
                    overview.subscription(),
                    overview.nextGrant(),
                    seen.testClock,
                    account.createdAt,
                    account.updatedAt);
        }
    }

    /** What the ledger knows of an account. */
    private record Seen(Overview overview, @Nullable Instant testClock) {

        static Seen of(Books books) {
            return new Seen(Overview.of(books), books.account().testClock());
        }
    }

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
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public Response put(@PathParam("account_id") String accountId, @NotNull @Valid Wish wish) {
        String zone = wish.timeZone == null
                ? null
                : wish.timeZone.map(AccountResource::zone).orElse("UTC");
        boolean created = QuarkusTransaction.requiringNew().call(() -> create(accountId, wish, zone));
        if (!created) {
            Instant testClock = seen(accountId).testClock;
            QuarkusTransaction.requiringNew().run(() -> {
                Account account = accounts.locked(accountId);
                requireSameClock(account, testClock, wish);
                change(account, wish, zone, testClock == null ? now() : testClock);
            });
        }
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(get(accountId))
                .build();
    }

    private boolean create(String accountId, Wish wish, @Nullable String zone) {
        Instant testClock = wish.testClock == null ? null : wish.testClock.orElse(null);
        Instant now = testClock == null ? now() : testClock;
        boolean created = accounts.create(accountId, testClock, now);
        if (created) {
            if (testClock != null) {
                testClocks.requireStart(testClock);
            }
            change(accounts.locked(accountId), wish, zone, now);
        }
        return created;
    }

    /** It is given once. Said again it may be as it was then, which was when the account was made, or as it stands. */
    private static void requireSameClock(Account account, @Nullable Instant testClock, Wish wish) {
        if (wish.testClock == null) {
            return;
        }
        Instant wished = wish.testClock.orElse(null);
        boolean same = Objects.equals(wished, testClock) || (testClock != null && account.createdAt.equals(wished));
        if (!same) {
            throw Problems.invalidRequest(
                    "test_clock",
                    testClock == null
                            ? "can be given to a new account only"
                            : "stands at %s, and only POST …/test-clock/advance moves it".formatted(testClock));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static void change(Account account, Wish wish, @Nullable String zone, Instant now) {
        String name = wish.name == null ? account.name : wish.name.orElse(null);
        String email = wish.billingEmail == null ? account.billingEmail : wish.billingEmail.orElse(null);
        String timeZone = zone == null ? account.timeZone : zone;
        boolean same = Objects.equals(name, account.name)
                && Objects.equals(email, account.billingEmail)
                && timeZone.equals(account.timeZone);
        if (!same) {
            account.name = name;
            account.billingEmail = email;
            account.timeZone = timeZone;
            account.updatedAt = now;
        }
    }

    private static String zone(String name) {
        try {
            return ZoneId.of(name).getId();
        } catch (DateTimeException e) {
            throw Problems.invalidRequest("time_zone", "must be a time zone's IANA name, such as Europe/Berlin");
        }
    }

    @GET
    @Path("/accounts/{account_id}")
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Operation(operationId = "getAccount", summary = "Get an account")
    public Answer get(@PathParam("account_id") String accountId) {
        Seen seen = seen(accountId);
        return Answer.of(QuarkusTransaction.requiringNew().call(() -> accounts.findById(accountId)), seen);
    }

    private Seen seen(String accountId) {
        return answers.await(ledger.look(accountId, Seen::of));
    }
}
