package ai.mavster.credits.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enum values as callers see them: in lower case, with underscores. */
final class EnumNames {

    private EnumNames() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String expected(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(value -> of((Enum<?>) value))
                .collect(Collectors.joining(", ", "must be one of ", ""));
    }
}
