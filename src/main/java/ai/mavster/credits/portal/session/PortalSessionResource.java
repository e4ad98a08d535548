package ai.mavster.credits.portal.session;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Links to the billing page. */
@Path("/v1/accounts/{account_id}/portal-sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Billing page", description = "Links to the page where an account's owner sees and decides.")
@Blocking
public class PortalSessionResource {

    private final PortalSessions sessions;
    private final ReturnUrls returnUrls;
    private final Ledger ledger;
    private final Caller caller;
    private final String publicUrl;

    PortalSessionResource(
            PortalSessions sessions,
            ReturnUrls returnUrls,
            Ledger ledger,
            Caller caller,
            @ConfigProperty(name = "credits.public-url") String publicUrl) {
        this.sessions = sessions;
        this.returnUrls = returnUrls;
        this.ledger = ledger;
        this.caller = caller;
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    /** What a session is for. */
    @Schema(name = "PortalSessionRequest", examples = """
            {"return_url": "https://app.example.com/settings", "page": "/billing/top-up"}""")
    record Request(
            @Schema(
                    description =
                            "Where the page leads back to; of an origin that the service is configured with (CREDITS_PORTAL_RETURN_ORIGINS).",
                    examples = "https://app.example.com/settings")
            @Text(max = 2000)
            @Nullable
            String returnUrl,

            @Schema(
                    description =
                            "The page that the link leads to; absent: the overview. The sign-in is asked for one as `path`.",
                    examples = "/billing/top-up")
            @Pattern(regexp = "/billing(/[a-z0-9-]{1,40}){0,3}")
            @Nullable
            String page) {}

    /** A link that was just made. */
    @Schema(name = "PortalSession", examples = """
            {"id": "session_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",\
             "url": "https://credits.example.com/billing/sessions/YWNjdF83.0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b.Zk0c5N0tEYB8sY3b0vJtVq2mYx3Jx1xkJv0sYb8cQ1w",\
             "expires_at": "2026-11-21T18:44:00Z"}""")
    record Answer(
            @Schema(examples = "session_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String id,

            @Schema(
                    description =
                            "For the owner's browser, and only once: whoever opens it is signed in. It is shown this once and kept nowhere.")
            String url,

            @Schema(description = "Until when it can be opened.", examples = "2026-11-21T18:44:00Z")
            Instant expiresAt) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "createPortalSession",
            summary = "Create a link to the billing page",
            description =
                    "Send the account's owner to the `url`: it can be opened once, within minutes, and their browser then has a session for"
                            + " this one account. A repeat makes another link.")
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public RestResponse<Answer> create(@PathParam("account_id") String accountId, @Valid @Nullable Request request) {
        Outcome.await(ledger.read(accountId, AccountView::asOf));
        String returnUrl = request == null ? null : request.returnUrl;
        String page = request == null || request.page == null ? "/billing" : request.page;
        if (returnUrl != null) {
            returnUrls.require(returnUrl);
        }
        PortalSessions.Link link = sessions.create(accountId, page, returnUrl, caller.author());
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED,
                        new Answer(
                                "session_" + link.sessionId(),
                                publicUrl + SignIn.LINKS + link.token(),
                                link.expiresAt()))
                .location(URI.create("/v1/accounts/" + accountId + "/portal-sessions/session_" + link.sessionId()))
                .header("Cache-Control", "no-store")
                .build();
    }
}
