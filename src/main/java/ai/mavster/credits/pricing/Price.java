package ai.mavster.credits.pricing;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one unit costs: from {@code minimum} to {@code maximum}, of which the same twice is a fixed price. In JSON a
 * number, or an object with {@code min} and {@code max}.
 */
@JsonDeserialize(using = Price.Reader.class)
@JsonSerialize(using = Price.Writer.class)
@Schema(
        name = "RatePrice",
        description = "For one unit: a fixed price, or the range that the actual amount is expected in.",
        oneOf = {Price.Fixed.class, Price.Range.class})
record Price(
        @Schema(hidden = true) Credits minimum,
        @Schema(hidden = true) Credits maximum) {

    Price {
        if (minimum.isNegative() || maximum.isLessThan(minimum) || Credits.MAX_AMOUNT.isLessThan(maximum)) {
            throw new IllegalArgumentException("No price: " + minimum + " to " + maximum);
        }
    }

    boolean isFixed() {
        return minimum.equals(maximum);
    }

    /** {@code 12.5 credits}, {@code 10 to 50 credits}. */
    String inWords() {
        return isFixed() ? minimum.inWords() : minimum + " to " + maximum.inWords();
    }

    /** A price that is fixed, as JSON has it: a number. */
    @Schema(
            name = "FixedPrice",
            type = SchemaType.NUMBER,
            minimum = "0",
            maximum = "1000000000",
            multipleOf = 0.000001,
            description = "Credits, 0 to a billion, with at most six decimals.",
            examples = "2")
    interface Fixed {}

    /** A price that is not fixed, as JSON has it. */
    @Schema(
            name = "RatePriceRange",
            requiredProperties = {"min", "max"})
    record Range(
            @NotNull @Schema(ref = "FixedPrice", description = "0 or more.", examples = "10")
            Credits min,

            @NotNull @Schema(ref = "FixedPrice", description = "At least min.", examples = "50")
            Credits max) {}

    static final class Reader extends StdDeserializer<Price> {

        private static final String BOUNDS = "must be 0 to " + Credits.MAX_AMOUNT;

        Reader() {
            super(Price.class);
        }

        @Override
        public Price deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isNumeric()) {
                Credits price = context.readValue(parser, Credits.class);
                if (isOutOfBounds(price)) {
                    throw new UnexpectedValue(parser, Price.class, BOUNDS);
                }
                return new Price(price, price);
            }
            if (!parser.hasToken(JsonToken.START_OBJECT)) {
                throw new UnexpectedValue(parser, Price.class, "must be a number, an object with min and max, or null");
            }
            Range range = context.readValue(parser, Range.class);
            check(parser, "min", range.min);
            check(parser, "max", range.max);
            if (range.max.isLessThan(range.min)) {
                throw at(parser, "max", "must be at least min");
            }
            return new Price(range.min, range.max);
        }

        /** What is missing in a body is null. */
        private static void check(JsonParser parser, String field, @Nullable Credits bound)
                throws JsonMappingException {
            if (bound == null) {
                throw at(parser, field, "must not be null");
            }
            if (isOutOfBounds(bound)) {
                throw at(parser, field, BOUNDS);
            }
        }

        private static boolean isOutOfBounds(Credits credits) {
            return credits.isNegative() || Credits.MAX_AMOUNT.isLessThan(credits);
        }

        private static JsonMappingException at(JsonParser parser, String field, String message) {
            return JsonMappingException.wrapWithPath(
                    new UnexpectedValue(parser, Price.class, message), Range.class, field);
        }
    }

    static final class Writer extends StdSerializer<Price> {

        Writer() {
            super(Price.class);
        }

        @Override
        public void serialize(Price price, JsonGenerator generator, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(
                    price.isFixed() ? price.minimum : new Range(price.minimum, price.maximum), generator);
        }
    }
}
