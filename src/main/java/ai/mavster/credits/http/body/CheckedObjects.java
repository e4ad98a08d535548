package ai.mavster.credits.http.body;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects that check themselves: what is wrong with them is said of the field that it is about. */
final class CheckedObjects {

    private CheckedObjects() {}

    static Module module() {
        return new SimpleModule("mavster-credits-objects")
                .addSerializer(Metadata.class, new MetadataWriter())
                .addDeserializer(Metadata.class, new MetadataReader())
                .addDeserializer(Money.class, new MoneyReader());
    }

    private static void requireObject(JsonParser parser, Class<?> type) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            throw new UnexpectedValue(parser, type, "must be an object");
        }
    }

    private static JsonMappingException wrong(
            JsonParser parser, Class<?> type, @Nullable String field, String message) {
        JsonMappingException wrong = new UnexpectedValue(parser, type, message);
        if (field != null && !field.isEmpty()) {
            wrong.prependPath(type, field);
        }
        return wrong;
    }

    private static final class MetadataWriter extends StdSerializer<Metadata> {

        MetadataWriter() {
            super(Metadata.class);
        }

        @Override
        public void serialize(Metadata value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeObject(value.pairs());
        }
    }

    private static final class MetadataReader extends StdDeserializer<@Nullable Metadata> {

        MetadataReader() {
            super(Metadata.class);
        }

        @Override
        public @Nullable Metadata deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            requireObject(parser, Metadata.class);
            TreeMap<String, String> pairs = new TreeMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw wrong(parser, Metadata.class, key, "must be a string");
                }
                pairs.put(key, parser.getText());
            }
            try {
                return Metadata.of(pairs);
            } catch (InvalidInput invalid) {
                throw wrong(parser, Metadata.class, invalid.field(), invalid.message());
            }
        }
    }

    private static final class MoneyReader extends StdDeserializer<Money> {

        MoneyReader() {
            super(Money.class);
        }

        @Override
        public Money deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            requireObject(parser, Money.class);
            BigDecimal value = null;
            String currency = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (field) {
                    case "value" -> value = number(parser, token);
                    case "currency" -> {
                        if (token != JsonToken.VALUE_STRING) {
                            throw wrong(parser, Money.class, field, "must be a string");
                        }
                        currency = parser.getText();
                    }
                    default -> throw wrong(parser, Money.class, field, "is not a known field");
                }
            }
            if (value == null || currency == null) {
                throw wrong(parser, Money.class, value == null ? "value" : "currency", "must not be null");
            }
            try {
                return new Money(value, currency);
            } catch (InvalidInput invalid) {
                throw wrong(parser, Money.class, invalid.field(), invalid.message());
            }
        }

        private static BigDecimal number(JsonParser parser, JsonToken token) throws IOException {
            if (!token.isNumeric()) {
                throw wrong(parser, Money.class, "value", "must be a number");
            }
            try {
                return new BigDecimal(parser.getText());
            } catch (NumberFormatException exponentBeyondInt) {
                throw wrong(parser, Money.class, "value", "is out of range");
            }
        }
    }
}
