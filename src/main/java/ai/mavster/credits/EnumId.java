package ai.mavster.credits;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The ids of an enum's values in JSON, in the database and in metrics: their names in lower case, {@code DARK_BLUE} as
 * {@code dark_blue}, unless a {@link JsonProperty} has another.
 */
public final class EnumId {

    /** Made once for each enum: the ledger reads and writes them row by row. */
    private static final ClassValue<Map<String, Enum<?>>> BY_ID = new ClassValue<>() {
        @Override
        protected Map<String, Enum<?>> computeValue(Class<?> type) {
            Map<String, Enum<?>> values = new LinkedHashMap<>();
            for (Object value : type.getEnumConstants()) {
                Enum<?> constant = (Enum<?>) value;
                values.put(id(type, constant), constant);
            }
            return values;
        }
    };

    private static final ClassValue<Map<Enum<?>, String>> IDS = new ClassValue<>() {
        @Override
        protected Map<Enum<?>, String> computeValue(Class<?> type) {
            Map<Enum<?>, String> ids = new HashMap<>();
            BY_ID.get(type).forEach((id, value) -> ids.put(value, id));
            return ids;
        }
    };

    private EnumId() {}

    public static String of(Enum<?> value) {
        return Objects.requireNonNull(IDS.get(value.getDeclaringClass()).get(value));
    }

    private static String id(Class<?> type, Enum<?> value) {
        try {
            JsonProperty own = type.getField(value.name()).getAnnotation(JsonProperty.class);
            return own == null ? value.name().toLowerCase(Locale.ROOT) : own.value();
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The value with exactly this id; upper case is another id.
     *
     * @throws IllegalArgumentException if there is none; its message is {@link #expected}
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String id) {
        Enum<?> value = BY_ID.get(type).get(id);
        if (value == null) {
            throw new IllegalArgumentException(expected(type));
        }
        return type.cast(value);
    }

    /** For error messages: {@code must be one of red, dark_blue}. */
    public static String expected(Class<?> type) {
        return "must be one of " + String.join(", ", BY_ID.get(type).keySet());
    }
}
