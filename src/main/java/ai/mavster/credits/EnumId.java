package ai.mavster.credits;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The ids of an enum's values in JSON, in the database and in metrics: their names in lower case, {@code DARK_BLUE} as
 * {@code dark_blue}.
 */
public final class EnumId {

    /** Made once for each enum: the ledger reads and writes them row by row. */
    private static final ClassValue<Map<String, Enum<?>>> BY_ID = new ClassValue<>() {
        @Override
        protected Map<String, Enum<?>> computeValue(Class<?> type) {
            Map<String, Enum<?>> values = new LinkedHashMap<>();
            for (Object value : type.getEnumConstants()) {
                Enum<?> constant = (Enum<?>) value;
                values.put(constant.name().toLowerCase(Locale.ROOT), constant);
            }
            return values;
        }
    };

    private EnumId() {}

    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
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
