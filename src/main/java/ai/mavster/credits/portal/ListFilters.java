package ai.mavster.credits.portal;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.PageRequest;
import io.quarkus.qute.TemplateData;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the address of a list asks for: the fields of its filters as they were sent, so that they can be shown again, and
 * what they mean.
 */
@TemplateData
public final class ListFilters {

    private static final Pattern IDENTIFIER = Pattern.compile(Identifier.PATTERN);
    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9998, 12, 31);

    private final Map<String, String> sent = new LinkedHashMap<>();

    /**
     * @param names of the fields; others are ignored
     */
    public ListFilters(PageRequest request, String... names) {
        for (String name : names) {
            String text = request.query(name);
            if (text != null && !text.isBlank()) {
                sent.put(name, text.strip());
            }
        }
    }

    /** As it was sent; empty: it was not. */
    public String text(String name) {
        return sent.getOrDefault(name, "");
    }

    public boolean isEmpty() {
        return sent.isEmpty();
    }

    /**
     * A caller's own id; null: any.
     *
     * @throws InvalidInput if it cannot be one
     */
    public @Nullable String identifier(String name) {
        String text = sent.get(name);
        if (text != null && !IDENTIFIER.matcher(text).matches()) {
            throw new InvalidInput(name, "must match " + Identifier.PATTERN);
        }
        return text;
    }

    /**
     * A day; null: none was asked for.
     *
     * @throws InvalidInput if it is none
     */
    public @Nullable LocalDate day(String name) {
        String text = sent.get(name);
        if (text == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
                return day;
            }
        } catch (DateTimeParseException malformed) {
            // What is said of it is the same.
        }
        throw new InvalidInput(name, "must be a day, such as 2026-11-21");
    }

    /**
     * One of an enum's values by its id; null: any.
     *
     * @throws InvalidInput if it is none of them
     */
    public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        String text = sent.get(name);
        if (text == null) {
            return null;
        }
        try {
            return EnumId.parse(type, text);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInput(name, EnumId.expected(type));
        }
    }

    /** An address that asks for the same. */
    public String at(String path) {
        return at(path, Map.of());
    }

    /** The same and more. */
    public String at(String path, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(sent);
        all.putAll(more);
        StringJoiner query = new StringJoiner("&", path + "?", "").setEmptyValue(path);
        all.forEach((name, value) -> query.add(name + "=" + encoded(value)));
        return query.toString();
    }

    /** For a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
