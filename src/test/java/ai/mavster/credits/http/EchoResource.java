package ai.mavster.credits.http;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Returns what it has read: the conventions of HTTP and JSON without any feature. */
@Path("/v1/echo")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
public class EchoResource {

    enum Colour {
        RED,
        DARK_BLUE
    }

    /** Requests that wait, for a test to answer. */
    public static final Queue<CompletableFuture<String>> WAITING = new ConcurrentLinkedQueue<>();

    /** How many rows have been streamed. */
    public static final AtomicLong ROWS = new AtomicLong();

    /** How many streams have ended. */
    public static final AtomicInteger ENDED = new AtomicInteger();

    record Item(@NotNull @PositiveAmount Credits credits) {}

    record Everything(
            @PositiveAmount Credits credits,
            @Text(max = 5) String note,
            @Pattern(regexp = Identifier.PATTERN) String runId,
            Integer count,
            @Digits(integer = 9, fraction = 6) BigDecimal quantity,
            Boolean enabled,
            Colour colour,
            Instant at,
            Duration within,
            Optional<@Text(max = 5) String> name,
            Optional<Credits> usageLimit,
            List<Colour> colours,
            @Size(max = 3) List<@NotNull @Valid Item> debits) {}

    record Strict(int count) {
        Strict {
            if (count == 13) {
                throw new InvalidInput("count", "must not be 13");
            }
            if (count == 14) {
                throw Problems.invalidRequest("count", "must not be 14");
            }
        }
    }

    @POST
    public Everything echo(@NotNull @Valid Everything body) {
        return body;
    }

    /** What a field was: "absent", "null" or its value. */
    @POST
    @Path("optional")
    public Map<String, String> optional(@NotNull @Valid Everything body) {
        Map<String, String> seen = new LinkedHashMap<>();
        seen.put("name", body.name() == null ? "absent" : body.name().orElse("null"));
        seen.put(
                "usage_limit",
                body.usageLimit() == null
                        ? "absent"
                        : body.usageLimit().map(Credits::toString).orElse("null"));
        return seen;
    }

    @POST
    @Path("strict")
    public Strict strict(@NotNull Strict body) {
        return body;
    }

    @POST
    @Path("tree")
    public JsonNode tree(@NotNull JsonNode body) {
        return body;
    }

    @POST
    @Path("async")
    @NonBlocking
    public CompletionStage<Everything> async(@NotNull @Valid Everything body) {
        return CompletableFuture.completedStage(body);
    }

    @GET
    @Path("waiting")
    @NonBlocking
    public CompletionStage<String> waiting() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WAITING.add(answer);
        return answer;
    }

    /** Some dozens of megabytes. The first line ends as JSON does. */
    @GET
    @Path("rows")
    @Produces("text/csv")
    public StreamingOutput rows() {
        return output -> {
            try {
                Csv csv = new Csv(List.of("}"));
                for (int i = 0; i < 4_000_000; i++) {
                    csv.row(Stream.of("row", ROWS.incrementAndGet()));
                    if (i % 1_000 == 0) {
                        output.write(csv.take());
                    }
                }
                output.write(csv.take());
            } finally {
                ENDED.incrementAndGet();
            }
        };
    }

    @GET
    @Path("key")
    @IdempotencyKeyRequired
    public Map<String, String> key(@HeaderParam(IdempotencyKey.HEADER) String key) {
        return Map.of("key", key);
    }

    @GET
    @Path("query")
    public Map<String, Object> query(
            @Context UriInfo uri,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @QueryParam("from") String from,
            @QueryParam("colour") String colour,
            @QueryParam("colours") String colours) {
        Query query = Query.of(uri);
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("limit", query.limit());
        seen.put("cursor", query.numberCursor());
        seen.put("from", query.instant("from"));
        seen.put("colour", query.oneOf("colour", Colour.class));
        seen.put("colours", query.anyOf("colours", Colour.class));
        return seen;
    }

    @GET
    @Path("text-cursor")
    public Map<String, Object> textCursor(@Context UriInfo uri, @QueryParam("cursor") String cursor) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("cursor", Query.of(uri).textCursor());
        return seen;
    }

    @GET
    @Path("accounts/{account_id}/things/{thing}")
    @Authenticated
    public Map<String, String> thing(@PathParam("account_id") String accountId, @PathParam("thing") String thing) {
        return Map.of("account_id", accountId, "thing", thing);
    }

    @GET
    @Path("accounts/{account_id}/loop")
    @RolesAllowed(Scopes.RUNNER)
    @NonBlocking
    public CompletionStage<Map<String, String>> loop(@PathParam("account_id") String accountId) {
        return CompletableFuture.completedStage(
                Map.of("account_id", accountId, "thread", Thread.currentThread().getName()));
    }

    @GET
    @Path("failures/{kind}")
    public CompletionStage<String> fail(@PathParam("kind") String kind) throws Exception {
        switch (kind) {
            case "lost" -> throw new IllegalStateException(new SQLException("terminating connection", "57P01"));
            case "pool" -> throw new RuntimeException(new SQLException("Sorry, acquisition timeout!"));
            case "sql" -> throw new SQLException("syntax error at or near \"secret_table\"", "42601");
            case "later" -> {
                return CompletableFuture.failedStage(new ProblemException(Problems.overloaded()));
            }
            case "input" -> throw new InvalidInput("items[1].credits", "must be less");
            case "refused" -> throw new RefusalException(Refusal.noSuchAccount("a"));
            case "refused-later" -> {
                return CompletableFuture.<String>failedStage(new RefusalException(Refusal.noSuchAccount("a")))
                        .thenApply(never -> never);
            }
            case "overloaded" -> throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
            case "unreachable" ->
                throw new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, new SQLException("secret"));
            case "in-doubt" -> throw new Unavailable(Unavailable.Reason.OUTCOME_UNKNOWN, null);
            case "unwritable" -> throw new IllegalArgumentException("secret");
            default -> throw new ProblemException(Problems.outcomeUnknown());
        }
    }

    /** An answer that cannot be written. */
    @GET
    @Path("unwritable")
    public Object unwritable() {
        return Map.of("self", new Object() {
            @SuppressWarnings("unused")
            public String getValue() {
                throw new IllegalStateException("secret");
            }
        });
    }

    @GET
    @Path("closed")
    @RolesAllowed(Scopes.ADMIN)
    public String closed() {
        return "open";
    }
}
