package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether, and how much, to reserve for a run. In JSON {@code true}, {@code false}, or a number of credits.
 *
 * @param wanted false: nothing
 * @param credits how much; null where it is wanted: {@link DefaultHold} says
 */
@JsonDeserialize(using = RequestedHold.Reader.class)
@Schema(
        name = "RequestedHold",
        description =
                "A number of credits; true: as many as the estimate and what was spent before suggest; false: nothing.",
        oneOf = {PositiveAmount.class, Boolean.class},
        examples = "true")
public record RequestedHold(
        @Schema(hidden = true) boolean wanted,
        @Schema(hidden = true) @Nullable Credits credits) {

    /** Whether it is left to {@link DefaultHold}. */
    public boolean isLeftOpen() {
        return wanted && credits == null;
    }

    static final class Reader extends StdDeserializer<RequestedHold> {

        Reader() {
            super(RequestedHold.class);
        }

        @Override
        public RequestedHold deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isBoolean()) {
                return new RequestedHold(parser.getBooleanValue(), null);
            }
            if (!parser.currentToken().isNumeric()) {
                throw new UnexpectedValue(parser, RequestedHold.class, "must be true, false or a number");
            }
            return new RequestedHold(true, Amounts.positive(parser, context, RequestedHold.class));
        }
    }
}
