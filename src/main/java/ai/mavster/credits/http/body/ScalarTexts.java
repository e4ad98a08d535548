package ai.mavster.credits.http.body;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.http.Instants;
import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** The values that JSON carries as text of a fixed form: amounts as numbers, instants and durations as strings. */
final class ScalarTexts {

    private ScalarTexts() {}

    static Module module() {
        return new SimpleModule("mavster-credits-scalars")
                .addSerializer(Credits.class, new CreditsWriter())
                .addDeserializer(Credits.class, new CreditsReader())
                .addDeserializer(Instant.class, new InstantReader())
                .addDeserializer(Duration.class, new DurationReader());
    }

    private static final class CreditsWriter extends StdSerializer<Credits> {

        CreditsWriter() {
            super(Credits.class);
        }

        @Override
        public void serialize(Credits value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeNumber(value.toString());
        }
    }

    private static final class CreditsReader extends StdDeserializer<Credits> {

        CreditsReader() {
            super(Credits.class);
        }

        @Override
        public Credits deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                throw new UnexpectedValue(parser, Credits.class, "must be a number");
            }
            BigDecimal value;
            try {
                value = new BigDecimal(parser.getText());
            } catch (NumberFormatException exponentBeyondInt) {
                throw new UnexpectedValue(parser, Credits.class, "is out of range");
            }
            if (Decimals.isLongerThan(Credits.DIGITS, value)) {
                throw new UnexpectedValue(parser, Credits.class, "is out of range");
            }
            if (Decimals.isFinerThan(Credits.DECIMALS, value)) {
                throw new UnexpectedValue(parser, Credits.class, Decimals.roundTo(Credits.DECIMALS, value));
            }
            try {
                return Credits.of(value);
            } catch (ArithmeticException beyondLong) {
                throw new UnexpectedValue(parser, Credits.class, "is out of range");
            }
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new UnexpectedValue(parser, Instant.class, Instants.EXPECTED);
            }
            try {
                return Instants.parse(parser.getText());
            } catch (IllegalArgumentException malformed) {
                throw new UnexpectedValue(parser, Instant.class, Instants.EXPECTED);
            }
        }
    }

    private static final class DurationReader extends StdDeserializer<Duration> {

        private static final String EXPECTED = "must be a duration such as PT1H30M";

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new UnexpectedValue(parser, Duration.class, EXPECTED);
            }
            try {
                return Duration.parse(parser.getText());
            } catch (DateTimeException | ArithmeticException malformed) {
                throw new UnexpectedValue(parser, Duration.class, EXPECTED);
            }
        }
    }
}
