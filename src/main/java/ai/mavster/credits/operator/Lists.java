package ai.mavster.credits.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How lists go on. */
public final class Lists {

    /** Rows on a page. */
    public static final int ROWS = 50;

    private Lists() {}

    /**
     * The address of what follows.
     *
     * @param filters what was asked for, without the place; null: nothing
     * @param cursor where the next page begins; null: there is none
     * @return null likewise
     */
    public static @Nullable String next(String path, Map<String, @Nullable String> filters, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String query = filters.entrySet().stream()
                .filter(filter -> filter.getValue() != null)
                .map(filter -> filter.getKey() + "=" + encoded(String.valueOf(filter.getValue())) + "&")
                .sorted()
                .collect(Collectors.joining());
        return path + "?" + query + "cursor=" + encoded(cursor);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
