package ai.mavster.credits.access;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Keys are made, listed and revoked by administrators. */
@Path("/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "API keys", description = "Who may call, what for, and for which account.")
public class ApiKeyResource {

    private final ApiKeys keys;
    private final Caller caller;

    ApiKeyResource(ApiKeys keys, Caller caller) {
        this.keys = keys;
        this.caller = caller;
    }

    @Schema(name = "ApiKeyRequest", description = "A key to be made.", examples = """
            {"name": "test-runner eu-1", "scopes": ["runner"]}""")
    record NewApiKey(
            @Schema(description = "What people know it by.", examples = "test-runner eu-1") @NotNull @Text(max = 200)
            String name,

            @Schema(description = "What it may do; admin may do everything.", examples = "[\"runner\"]") @NotEmpty
            List<@NotNull Scope> scopes,

            @Schema(
                    description =
                            "Binds it to one account: every other one is 404 to it. Not together with the scope renewals.",
                    examples = "acct_7")
            @Pattern(regexp = Identifier.PATTERN)
            @Nullable
            String accountId,

            @Schema(
                    description = "From when on it is no longer valid; absent: never.",
                    examples = "2027-01-01T00:00:00Z")
            @Nullable
            Instant expiresAt) {}

    @Schema(name = "CreatedApiKey", description = "A key just made, with its text.", examples = """
            {"id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "key": "mck_Zk0c5N0tEYB8sY3b0vJtVq2mYx3Jx1xkJv0sYb8cQ1w",\
             "name": "test-runner eu-1", "scopes": ["runner"], "account_id": null, "expires_at": null,\
             "created_at": "2026-11-21T18:39:00Z"}""")
    record CreatedApiKey(
            @Schema(examples = "key_0197f2b1-6a3c-7c41-9d1e-5a1b2c3d4e5f")
            String id,

            @Schema(
                    description = "The key itself. It is shown this once and kept nowhere.",
                    examples = "mck_Zk0c5N0tEYB8sY3b0vJtVq2mYx3Jx1xkJv0sYb8cQ1w")
            String key,

            String name,
            List<Scope> scopes,
            @Nullable String accountId,
            @Nullable Instant expiresAt,
            Instant createdAt) {}

    @Schema(name = "ApiKey", description = "A key without its text.", examples = """
            {"id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "test-runner eu-1", "scopes": ["runner"],\
             "account_id": null, "last_four": "cQ1w", "created_at": "2026-11-21T18:39:00Z", "expires_at": null,\
             "last_used_at": null, "revoked_at": null}""")
    record ListedApiKey(
            @Schema(examples = "key_0197f2b1-6a3c-7c41-9d1e-5a1b2c3d4e5f")
            String id,

            String name,
            List<Scope> scopes,
            @Nullable String accountId,

            @Schema(description = "The end of its text, to tell keys apart.", examples = "cQ1w")
            String lastFour,

            Instant createdAt,
            @Nullable Instant expiresAt,

            @Schema(description = "To about a minute; null: never used.") @Nullable
            Instant lastUsedAt,

            @Schema(description = "Null: not revoked.") @Nullable
            Instant revokedAt) {

        static ListedApiKey of(ApiKey key) {
            return new ListedApiKey(
                    KeyId.format(key.keyId()),
                    key.name(),
                    key.scopes(),
                    key.accountId(),
                    key.lastFour(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(Refusal.Code.ACCOUNT_NOT_FOUND)
    @Operation(
            operationId = "createApiKey",
            summary = "Create an API key",
            description = "The answer is the only place where the key is ever shown.")
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CreatedApiKey.class)))
    public RestResponse<CreatedApiKey> create(@NotNull @Valid NewApiKey request) {
        caller.requireUnbound();
        ApiKeys.Created made = keys.create(request.name(), request.scopes(), request.accountId(), request.expiresAt());
        ApiKey key = made.key();
        String id = KeyId.format(key.keyId());
        CreatedApiKey created = new CreatedApiKey(
                id, made.text(), key.name(), key.scopes(), key.accountId(), key.expiresAt(), key.createdAt());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, created)
                .location(URI.create("/v1/api-keys/" + id))
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Operation(
            operationId = "listApiKeys",
            summary = "List the API keys",
            description = "Newest first, without their text; also the expired and revoked ones.")
    @APIResponse(responseCode = "200", description = "One page of keys.")
    public Page<ListedApiKey> list(
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        int most = query.limit();
        String after = query.textCursor();
        UUID before = after == null
                ? null
                : KeyId.parse(after)
                        .orElseThrow(() -> Problems.invalidRequest("cursor", "is not a cursor of this list"));
        List<ListedApiKey> rows =
                keys.newest(before, most + 1).stream().map(ListedApiKey::of).toList();
        return Page.of(rows, most, row -> Cursor.of(row.id()));
    }

    @DELETE
    @Path("{key_id}")
    @Refuses({Refusal.Code.NOT_FOUND, Refusal.Code.LAST_ADMIN_KEY})
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key",
            description =
                    "It stops working at once here and within seconds everywhere. May be repeated. The last key that can administer the"
                            + " service is kept, unless `CREDITS_ADMIN_KEY` is set.")
    @APIResponse(responseCode = "204", description = "Revoked.")
    public void revoke(@PathParam("key_id") String id) {
        caller.requireUnbound();
        keys.revoke(id);
    }
}
