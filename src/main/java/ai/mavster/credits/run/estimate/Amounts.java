package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import java.io.IOException;

/** Amounts within values that JSON does not know: as {@link ai.mavster.credits.http.PositiveAmount} has them. */
final class Amounts {

    private Amounts() {}

    static Credits positive(JsonParser parser, DeserializationContext context, Class<?> type) throws IOException {
        Credits credits = context.readValue(parser, Credits.class);
        if (!credits.isPositive() || Credits.MAX_AMOUNT.isLessThan(credits)) {
            throw new UnexpectedValue(parser, type, "must be greater than 0 and at most " + Credits.MAX_AMOUNT);
        }
        return credits;
    }
}
