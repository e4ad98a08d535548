package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the service answered. Values are read as text, so that no figure passes through a binary fraction. */
public record Reply(
        int status, @Nullable String replayed, @Nullable String eTag, String body) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static Reply of(Response response) {
        return new Reply(
                response.statusCode(),
                response.header("Idempotency-Replayed"),
                response.header("ETag"),
                response.asString());
    }

    public Reply is(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** A refusal or an error, by its code. */
    public Reply is(int expected, String code) {
        is(expected);
        assertThat(at("code")).as(body).isEqualTo(code);
        return this;
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }

    /** The value at a path such as {@code next_grant/amount} or {@code data/0/seq}; null if it is null. */
    public @Nullable String at(String path) {
        JsonNode value = json().at("/" + path);
        assertThat(value.isMissingNode()).as("%s in %s", path, body).isFalse();
        return value.isNull() ? null : value.isValueNode() ? value.asText() : value.toString();
    }

    /** Several values, separated by spaces. */
    public String all(String... paths) {
        List<String> values = new ArrayList<>();
        for (String path : paths) {
            values.add(String.valueOf(at(path)));
        }
        return String.join(" ", values);
    }

    /** These fields of each row of a list, separated by spaces. */
    public List<String> rows(String list, String... fields) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < json().at("/" + list).size(); i++) {
            String row = list + "/" + i + "/";
            rows.add(all(java.util.Arrays.stream(fields).map(row::concat).toArray(String[]::new)));
        }
        return rows;
    }
}
