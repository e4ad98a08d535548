package ai.mavster.credits.http;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request, read as text and checked here: a parameter that the framework converts would
 * answer a wrong value with 404. One that is sent twice or empty is a 400 naming it; what an endpoint does not know,
 * {@link QueryFilter} refuses.
 */
public final class Query {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_VALUES = 50;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    private final UriInfo uri;

    private Query(UriInfo uri) {
        this.uri = uri;
    }

    public static Query of(UriInfo uri) {
        return new Query(uri);
    }

    /** The parameter {@code limit}: 1 to 1000, 50 if absent. */
    public int limit() {
        String text = text("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problems.invalidRequest("limit", "must be a whole number from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    /** The parameter {@code cursor} of a list keyed by a number, or null on the first page. */
    public @Nullable Long numberCursor() {
        String cursor = text("cursor");
        return cursor == null ? null : Cursor.toNumber(cursor);
    }

    /** The parameter {@code cursor} of a list keyed by a text, or null on the first page. */
    public @Nullable String textCursor() {
        String cursor = text("cursor");
        return cursor == null ? null : Cursor.toText(cursor);
    }

    /** The parameter {@code cursor} of a list keyed by an instant, or null on the first page. */
    public @Nullable Instant instantCursor() {
        String cursor = text("cursor");
        return cursor == null ? null : Cursor.toInstant(cursor);
    }

    /** The parameter {@code cursor} of a list keyed by an instant and so many ids, or null on the first page. */
    public Cursor.@Nullable Place placeCursor(int ids) {
        String cursor = text("cursor");
        return cursor == null ? null : Cursor.toPlace(cursor, ids);
    }

    /** An instant such as {@code 2026-11-21T18:39:00Z}, or null if absent. */
    public @Nullable Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Instants.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw Problems.invalidRequest(name, Instants.EXPECTED);
        }
    }

    /** A duration such as {@code PT30S}, from nothing to the longest, or null if absent. */
    public @Nullable Duration duration(String name, Duration longest) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(longest) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException malformed) {
            // What is said of it is the same.
        }
        throw Problems.invalidRequest(name, "must be an ISO 8601 duration from PT0S to " + longest);
    }

    /** One of an enum's values by its lower-case name, or null if absent. */
    public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return parse(name, type, text);
    }

    private static <E extends Enum<E>> E parse(String name, Class<E> type, String id) {
        try {
            return EnumId.parse(type, id);
        } catch (IllegalArgumentException unknown) {
            throw Problems.invalidRequest(name, EnumId.expected(type));
        }
    }

    /** {@code true} or {@code false}; false if absent. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(flagOrNull(name));
    }

    /** The same, or null if absent. */
    public @Nullable Boolean flagOrNull(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw Problems.invalidRequest(name, "must be true or false");
        }
        return text == null ? null : Boolean.valueOf(text);
    }

    /** An amount of credits, 0 or more, with at most six decimals, or null if absent. */
    public @Nullable Credits credits(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            Credits credits = Credits.parse(text);
            if (!credits.isNegative() && !Credits.of(999_999_999_999L).isLessThan(credits)) {
                return credits;
            }
        } catch (ArithmeticException | NumberFormatException malformed) {
            // What is said of it is the same.
        }
        throw Problems.invalidRequest(
                name, "must be a number of credits, from 0 to 999999999999, with at most six decimals");
    }

    /** A list of an enum's values by their lower-case names, separated by commas; empty if absent. */
    public <E extends Enum<E>> List<E> anyOf(String name, Class<E> type) {
        String text = text(name);
        if (text == null) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1))
                .map(part -> parse(name, type, part))
                .distinct()
                .collect(Collectors.toList());
    }

    /** A parameter that matches a pattern such as {@link ai.mavster.credits.Identifier#PATTERN}, or null if absent. */
    public @Nullable String matching(String name, String pattern) {
        String text = text(name);
        if (text != null && !text.matches(pattern)) {
            throw Problems.invalidRequest(name, "must match " + pattern);
        }
        return text;
    }

    /** A list of texts that each match a pattern without commas, separated by commas; empty if absent. */
    public List<String> anyMatching(String name, String pattern) {
        String text = text(name);
        if (text == null) {
            return List.of();
        }
        List<String> values = Arrays.stream(text.split(",", -1)).distinct().toList();
        if (values.size() > MAX_VALUES) {
            throw Problems.invalidRequest(name, "must have at most " + MAX_VALUES + " values");
        }
        if (!values.stream().allMatch(value -> value.matches(pattern))) {
            throw Problems.invalidRequest(name, "must be values separated by commas, each of them matching " + pattern);
        }
        return values;
    }

    /** A parameter's text, or null if absent. */
    public @Nullable String text(String name) {
        List<String> values = uri.getQueryParameters().get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw Problems.invalidRequest(name, "must be sent once");
        }
        String value = values.get(0);
        if (value.isEmpty()) {
            throw Problems.invalidRequest(name, "must not be empty");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw Problems.invalidRequest(name, "must not contain control characters");
        }
        return value;
    }
}
