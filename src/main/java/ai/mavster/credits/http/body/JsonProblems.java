package ai.mavster.credits.http.body;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Instants;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what was wrong with a body in the caller's terms: the field by its path, and what it must be. Never a class
 * name.
 */
public final class JsonProblems {

    static final String BODY = "body";

    private static final int MAX_FIELD_LENGTH = 200;
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*?)'", Pattern.DOTALL);

    private JsonProblems() {}

    public static Problem of(JacksonException failure) {
        // A record that checks itself names the field as callers know it.
        if (failure.getCause() instanceof ProblemException exception) {
            return exception.problem();
        }
        if (failure.getCause() instanceof InvalidInput input) {
            return Problems.invalid(input.field(), input.message());
        }
        String path = path(failure);
        JacksonException root = root(failure);
        if (root instanceof UnexpectedValue) {
            return Problems.invalid(path, root.getOriginalMessage());
        }
        if (root instanceof UnrecognizedPropertyException) {
            return Problems.invalid(path, "is not a known field");
        }
        if (root instanceof MismatchedInputException mismatch) {
            return mismatch(path, mismatch);
        }
        if (root instanceof InputCoercionException) {
            return Problems.invalid(path, "is out of range");
        }
        if (root instanceof StreamConstraintsException) {
            return Problems.invalid(
                    path,
                    "is nested too deeply, has too many values, or a name, text or number that is too long"
                            + place(root));
        }
        Matcher duplicate = DUPLICATE.matcher(root.getOriginalMessage());
        if (duplicate.find()) {
            String name = shortened(duplicate.group(1));
            return Problems.invalid(path.equals(BODY) ? name : path + "." + name, "is given more than once");
        }
        if (root instanceof JsonMappingException) {
            return Problems.invalid(path, "is not valid");
        }
        return Problems.invalid(BODY, "is not valid JSON" + place(root));
    }

    private static Problem mismatch(String path, MismatchedInputException mismatch) {
        String message = mismatch.getOriginalMessage();
        if (message.startsWith("Trailing token")) {
            return Problems.invalid(BODY, "must be one JSON value with nothing after it" + place(mismatch));
        }
        if (message.startsWith("No content")) {
            return Problems.invalid(BODY, "must not be empty");
        }
        if (message.startsWith("Unexpected end-of-input")) {
            return Problems.invalid(BODY, "is not valid JSON" + place(mismatch));
        }
        return Problems.invalid(path, expected(mismatch.getTargetType()));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "is not valid";
        }
        if (type.isEnum()) {
            return EnumId.expected(type);
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "must be a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "must be a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "must be a number";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "must be a list";
        }
        if (type == UUID.class) {
            return "must be a UUID";
        }
        if (type == Instant.class) {
            return Instants.EXPECTED;
        }
        if (type == Duration.class) {
            return "must be a duration such as PT1H30M";
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "must be an object";
        }
        return "is not valid";
    }

    /** The failure itself where the reader has wrapped it only to add the path. */
    private static JacksonException root(JacksonException failure) {
        JacksonException root = failure;
        while (root.getCause() instanceof JacksonException cause) {
            root = cause;
        }
        return root;
    }

    private static String path(JacksonException failure) {
        if (!(failure instanceof JsonMappingException mapping)) {
            return BODY;
        }
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? BODY : shortened(path.toString());
    }

    /** Names come from callers and go back to them; not by the megabyte. */
    private static String shortened(String name) {
        return name.length() <= MAX_FIELD_LENGTH ? name : name.substring(0, MAX_FIELD_LENGTH) + "…";
    }

    private static String place(JacksonException failure) {
        JsonLocation location = failure.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
