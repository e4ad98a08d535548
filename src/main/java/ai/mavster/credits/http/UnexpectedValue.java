package ai.mavster.credits.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/**
 * Ends the reading of a body: a value is not what its field must be. For readers of types that JSON does not know;
 * the answer is a 400 that names the field.
 */
public final class UnexpectedValue extends MismatchedInputException {

    /**
     * @param message made for callers, and says what is expected: "must be a number"
     */
    public UnexpectedValue(JsonParser parser, Class<?> type, String message) {
        super(parser, message, type);
    }
}
