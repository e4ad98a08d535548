package ai.mavster.credits.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, as RFC 9457 has it. Immutable; written flat: the members stand beside {@code title} and
 * {@code detail}.
 *
 * @param status the HTTP status
 * @param code the reason for programs, in lower case with underscores
 * @param title the reason for people, the same for every problem of this code
 * @param detail what was wrong this time
 * @param members further facts in the order they are shown; a value may be null
 * @param errors the fields that were wrong, if the input was
 * @param headers of the answer that carries it; not part of the body
 */
@JsonPropertyOrder({"type", "title", "status", "code", "detail"})
@Schema(
        description = "What went wrong, as RFC 9457 has it. Which members there are depends on the code.",
        properties = {
            @SchemaProperty(name = "account_id", type = SchemaType.STRING, description = "Whose credits it is about."),
            @SchemaProperty(
                    name = "required",
                    ref = "Credits",
                    description = "What was to be spent or reserved; null: nobody said, and nothing is available."),
            @SchemaProperty(
                    name = "available",
                    ref = "Credits",
                    description = "What could have been: beside what is held, and with what is held for this."),
            @SchemaProperty(name = "shortfall", ref = "Credits", description = "required - available; null with it."),
            @SchemaProperty(
                    name = "balance",
                    ref = "Credits",
                    description = "All of the account's credits, held ones too; kept, and shown."),
            @SchemaProperty(
                    name = "held",
                    ref = "Credits",
                    description = "What open holds reserve; of a budget, of what it counts."),
            @SchemaProperty(
                    name = "owed",
                    ref = "Credits",
                    description = "What was clawed back and had been spent already: the next credits settle it first."),
            @SchemaProperty(name = "subscription_status", ref = "SubscriptionStatus", description = "Null: none."),
            @SchemaProperty(name = "next_grant", ref = "NextGrant", description = "The coming renewal; null: none."),
            @SchemaProperty(
                    name = "scope",
                    type = SchemaType.STRING,
                    description = "Whose budget is exceeded.",
                    enumeration = {"account", "workspace", "project"}),
            @SchemaProperty(
                    name = "scope_id",
                    type = SchemaType.STRING,
                    description = "The id of what the budget is of."),
            @SchemaProperty(name = "usage_limit", ref = "Credits", description = "The budget's limit."),
            @SchemaProperty(name = "used", ref = "Credits", description = "What of the budget is spent."),
            @SchemaProperty(
                    name = "remaining",
                    ref = "Credits",
                    description = "What the budget, or the grant, has left."),
            @SchemaProperty(name = "resets_at", ref = "Instant", description = "When the budget is whole again."),
            @SchemaProperty(name = "action", implementation = Problem.Action.class),
            @SchemaProperty(
                    name = "retryable_after",
                    type = SchemaType.STRING,
                    description =
                            "What has to happen before another try is worth it; of several the first that suffices. hold: runs that end, as"
                                    + " what is available and held together is enough.",
                    enumeration = {"subscription", "budget", "hold", "top_up", "renewal"}),
            @SchemaProperty(
                    name = "run_id",
                    type = SchemaType.STRING,
                    description = "In whose record the refusal stands."),
            @SchemaProperty(name = "run_status", ref = "RunStatus", description = "What became of that run."),
            @SchemaProperty(
                    name = "rate_action",
                    type = SchemaType.STRING,
                    description = "The action that a rate is about."),
            @SchemaProperty(
                    name = "effective_from",
                    ref = "Instant",
                    description = "Of the version that is on the card."),
            @SchemaProperty(
                    name = "unit",
                    type = SchemaType.STRING,
                    description = "Of the version that is on the card."),
            @SchemaProperty(name = "credits", ref = "RatePrice", description = "Of the version that is on the card."),
            @SchemaProperty(
                    name = "note",
                    type = SchemaType.STRING,
                    description = "Of the version that is on the card."),
            @SchemaProperty(name = "debit_credits", ref = "Credits", description = "What the debit took."),
            @SchemaProperty(name = "reversed", ref = "Credits", description = "What of that was given back before."),
            @SchemaProperty(name = "reversible", ref = "Credits", description = "What of that is left to give back."),
            @SchemaProperty(name = "grant_credits", ref = "Credits", description = "What was granted."),
            @SchemaProperty(
                    name = "voidable",
                    ref = "Credits",
                    description = "What of the grant is left and not held."),
            @SchemaProperty(name = "closed_at", ref = "Instant", description = "Since when the account is closed."),
            @SchemaProperty(name = "test_clock", ref = "Instant", description = "Where the account's clock stands."),
            @SchemaProperty(name = "error_id", type = SchemaType.STRING, description = "Finds the fault in the log.")
        })
public record Problem(
        @Schema(description = "The HTTP status.", examples = "402")
        int status,

        @Schema(description = "The reason for programs.", examples = "insufficient_credits")
        String code,

        @Schema(
                description = "The reason for people, the same for every problem of this code.",
                examples = "Insufficient credits")
        String title,

        @Schema(
                description = "What was wrong this time, with the figures and the way out.",
                examples = "This needs 12 credits; 3.5 are available. Top up to go on.")
        String detail,

        @JsonIgnore @Schema(hidden = true) Map<String, @Nullable Object> members,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "The fields that were wrong, if the input was.")
        List<InvalidField> errors,

        @JsonIgnore @Schema(hidden = true) Map<String, String> headers) {

    /** The media type of every error. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "https://mavster.ai/problems/";

    public Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        errors = List.copyOf(errors);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** One field of the input that was wrong: its path in the body, or the name of the header or parameter. */
    @Schema(name = "InvalidField")
    public record InvalidField(
            @Schema(description = "Its path in the body, or its name.", examples = "debits[1].credits")
            String field,

            @Schema(description = "What it must be, to be read after its name.", examples = "must be a number")
            String message) {}

    /** Where a person can change what stands in the way. */
    @Schema(name = "ProblemAction", description = "Where a person can change what stands in the way.")
    public record Action(
            @Schema(description = "Of a link or button.", examples = "Top up credits")
            String label,

            @Schema(format = "uri", examples = "http://localhost:8080/billing/top-up?account=acct_7")
            String url) {}

    /** One with this code, without members, wrong fields or headers. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code.status(), code.id(), code.title(), detail, Map.of(), List.of(), Map.of());
    }

    /** The address that names this kind of problem. */
    @JsonProperty
    @Schema(required = true, format = "uri", examples = "https://mavster.ai/problems/insufficient-credits")
    public String type() {
        return TYPES + code.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonAnyGetter
    @Schema(hidden = true)
    Map<String, @Nullable Object> further() {
        return members;
    }

    /** This problem with one more member after those it has. */
    public Problem with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(status, code, title, detail, more, errors, headers);
    }

    /** This problem with one more wrong field. */
    public Problem withError(String field, String message) {
        List<InvalidField> more = new ArrayList<>(errors);
        more.add(new InvalidField(field, message));
        return new Problem(status, code, title, detail, members, more, headers);
    }

    /** This problem with a header for the answer that carries it. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, code, title, detail, members, errors, more);
    }

    /** Its own headers, and those of every problem. */
    public Map<String, String> allHeaders() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        all.put(HttpHeaders.CACHE_CONTROL, "no-store");
        all.putAll(headers);
        return all;
    }

    /** The answer that carries this problem and nothing else. */
    public Response toResponse() {
        Response.ResponseBuilder response = Response.status(status).entity(this);
        allHeaders().forEach(response::header);
        return response.build();
    }
}
