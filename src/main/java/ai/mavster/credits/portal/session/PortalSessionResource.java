package ai.mavster.credits.portal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.AlsoClosed;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
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
    private final HostApplication application;
    private final Ledger ledger;
    private final Caller caller;
    private final PublicUrl publicUrl;

    PortalSessionResource(
            PortalSessions sessions, HostApplication application, Ledger ledger, Caller caller, PublicUrl publicUrl) {
        this.sessions = sessions;
        this.application = application;
        this.ledger = ledger;
        this.caller = caller;
        this.publicUrl = publicUrl;
    }

    /** What a session is for. */
    @Schema(name = "PortalSessionRequest", examples = """
            {"return_url": "https://app.example.com/settings", "page": "/billing/top-up"}""")
    record Request(
            @Schema(
                    description =
                            "Where the page leads back to; of an origin that the service is configured with (CREDITS_PORTAL_RETURN_ORIGINS).",
                    examples = "https://app.example.com/settings")
            @Pattern(regexp = "https?://[!-~]{1,1990}")
            @Nullable
            String returnUrl,

            @Schema(
                    description =
                            "The page that the link leads to; absent: the overview. The sign-in is asked for one as `path`.",
                    examples = "/billing/top-up")
            @Pattern(regexp = PortalSessions.PAGE)
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
                            "For the owner's browser, and only once: the browser that opens it is signed in. It is shown this once and kept nowhere.")
            String url,

            @Schema(description = "Until when it can be opened.", examples = "2026-11-21T18:44:00Z")
            Instant expiresAt) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @AlsoClosed
    @Refuses(Refusal.Code.ACCOUNT_CLOSED)
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "createPortalSession",
            summary = "Create a link to the billing page",
            description =
                    "Send the account's owner to the `url`: it can be opened once, within minutes, and their browser then has a session for"
                            + " this one account. A repeat makes another link. Also for an account that is closed, whose page can still be read, but not for one that is erased.")
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public RestResponse<Answer> create(@PathParam("account_id") String accountId, @NotNull @Valid Request request) {
        requireTexts(accountId);
        String returnUrl = request.returnUrl;
        String page = request.page == null ? "/billing" : request.page;
        if (returnUrl != null) {
            application.requireReturn(returnUrl);
        }
        PortalSessions.Link link = sessions.create(accountId, page, returnUrl, caller.author());
        String id = PortalSession.id(link.sessionId());
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED,
                        new Answer(id, publicUrl + SignIn.LINKS + link.token(), link.expiresAt()))
                .location(URI.create("/v1/accounts/" + URLEncoder.encode(accountId, UTF_8) + "/portal-sessions/" + id))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @AlsoClosed
    @Operation(
            operationId = "endPortalSessions",
            summary = "End all sessions of the billing page",
            description =
                    "Browsers that have the account's page open are signed out, and links that were not opened yet open nothing. May be repeated.")
    @APIResponse(responseCode = "204", description = "Ended.")
    public void endAll(@PathParam("account_id") String accountId) {
        requireAccount(accountId);
        sessions.endAll(accountId);
    }

    @DELETE
    @Path("{session_id}")
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @AlsoClosed
    @Operation(
            operationId = "endPortalSession",
            summary = "End a session of the billing page",
            description =
                    "The browser that has opened its link is signed out; if none has, it opens nothing any more. May be repeated, also once"
                            + " it has ended by itself.")
    @APIResponse(responseCode = "204", description = "Ended.")
    public void end(
            @PathParam("account_id") String accountId,
            @PathParam("session_id") @Pattern(regexp = PortalSession.ID) String id) {
        requireAccount(accountId);
        sessions.end(accountId, PortalSession.sessionId(id));
    }

    /** Of an account that is erased, or about to be, nothing is written any more. */
    private void requireTexts(String accountId) {
        if (Outcome.await(ledger.read(accountId, view -> view.erasure() != null))) {
            throw new RefusalException(
                    Refusal.of(Refusal.Code.ACCOUNT_CLOSED, "Account " + accountId + " is closed, and was erased."));
        }
    }

    private void requireAccount(String accountId) {
        Outcome.await(ledger.read(accountId, AccountView::asOf));
    }
}
