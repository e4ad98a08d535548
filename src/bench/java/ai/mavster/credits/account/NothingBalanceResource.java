package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The limit of what HTTP and JSON allow: a balance is answered and nothing read for it. */
@Path("/bench/nothing")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class NothingBalanceResource {

    private static final Credits SOME = Credits.of(3_000);

    private final Clock clock;

    NothingBalanceResource(Clock clock) {
        this.clock = clock;
    }

    @GET
    @Path("/accounts/{account_id}/balance")
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(hidden = true)
    public BalanceResource.Answer get(@PathParam("account_id") String accountId) {
        Instant now = clock.instant();
        return new BalanceResource.Answer(
                accountId,
                SOME,
                Credits.ZERO,
                SOME,
                Credits.ZERO,
                SOME,
                null,
                SOME,
                SOME,
                "basic",
                SubscriptionStatus.ACTIVE,
                new NextGrant(
                        now.plus(Duration.ofDays(20)),
                        Credits.ZERO,
                        "skipped",
                        Credits.ZERO,
                        "within_cap",
                        Credits.ZERO),
                now);
    }
}
