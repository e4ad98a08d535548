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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
@Schema(description = "What went wrong, as RFC 9457 has it. Further members depend on the code.")
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        @JsonIgnore @Schema(hidden = true) Map<String, @Nullable Object> members,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InvalidField> errors,
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
    public record InvalidField(String field, String message) {}

    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, Map.of(), List.of(), Map.of());
    }

    /** The address that names this kind of problem. */
    @JsonProperty
    @Schema(required = true)
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
