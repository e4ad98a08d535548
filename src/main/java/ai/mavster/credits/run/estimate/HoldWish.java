package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether, and how much, to set aside for a run. In JSON {@code true}, {@code false}, or a number of credits.
 *
 * @param wanted false: nothing
 * @param credits how much; null where it is wanted: {@link DefaultHold} says
 */
@JsonDeserialize(using = HoldWish.Reader.class)
@Schema(
        name = "HoldWish",
        description =
                "A number of credits; true: as many as the estimate and what was spent before suggest; false: nothing.",
        oneOf = {Credits.class, Boolean.class},
        examples = "true")
public record HoldWish(
        @Schema(hidden = true) boolean wanted,
        @Schema(hidden = true) @Nullable Credits credits) {

    /** Whether it is left to {@link DefaultHold}. */
    public boolean isLeftOpen() {
        return wanted && credits == null;
    }

    static final class Reader extends StdDeserializer<HoldWish> {

        Reader() {
            super(HoldWish.class);
        }

        @Override
        public HoldWish deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isBoolean()) {
                return new HoldWish(parser.getBooleanValue(), null);
            }
            if (!parser.currentToken().isNumeric()) {
                throw new UnexpectedValue(parser, HoldWish.class, "must be true, false or a number");
            }
            return new HoldWish(true, Amounts.positive(parser, context, HoldWish.class));
        }
    }
}
