package ai.mavster.credits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What callers note beside something for themselves: a few short pairs of texts, in the order of their keys. Nothing is
 * decided by it. None at all is null, not an empty one.
 *
 * @param pairs 1 to 20 of them
 */
@Schema(
        name = "Metadata",
        type = SchemaType.OBJECT,
        maxProperties = Metadata.MOST,
        description =
                "Up to 20 pairs of the caller's own: keys of 1 to 40 letters, digits and `_ . -`, texts of 1 to 500 characters.",
        examples = """
        {"branch": "main", "build": "1842"}""")
public record Metadata(SortedMap<String, String> pairs) {

    /** How many pairs there may be. */
    public static final int MOST = 20;

    private static final int LONGEST_VALUE = 500;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)))
            .build();

    private static final TypeReference<TreeMap<String, String>> PAIRS = new TypeReference<>() {};

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    /**
     * @throws InvalidInput on the key that is wrong, or whose value is; on an empty text if there are too many
     */
    public Metadata {
        if (pairs.size() > MOST) {
            throw new InvalidInput("", "must have at most " + MOST + " pairs");
        }
        pairs.forEach(Metadata::check);
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /** Null where there are no pairs. */
    public static @Nullable Metadata of(Map<String, String> pairs) {
        return pairs.isEmpty() ? null : new Metadata(new TreeMap<>(pairs));
    }

    /** As it is kept and exported: {@code {"branch":"main","build":"1842"}}, in the order of the keys. */
    public String json() {
        try {
            return JSON.writeValueAsString(pairs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can be written", e);
        }
    }

    /**
     * What was kept.
     *
     * @throws IllegalStateException if it is no such object
     */
    public static @Nullable Metadata ofJson(@Nullable String json) {
        try {
            return json == null ? null : of(JSON.readValue(json, PAIRS));
        } catch (JsonProcessingException | InvalidInput e) {
            throw new IllegalStateException("No metadata", e);
        }
    }

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidInput(key, "must be a key of 1 to 40 letters, digits and _ . -");
        }
        if (!PlainText.is(value, LONGEST_VALUE)) {
            throw new InvalidInput(key, "must be 1 to 500 characters, none of them a control character");
        }
    }
}
