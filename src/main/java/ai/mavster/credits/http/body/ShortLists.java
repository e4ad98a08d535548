package ai.mavster.credits.http.body;

import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads each list up to the first element too many, by its {@link Size}: a validator would count the elements when all
 * of them are there, and a body of 2 MB has room for 700,000.
 */
final class ShortLists extends BeanDeserializerModifier {

    /** Of a list that says nothing else. */
    static final int MOST = 1_000;

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
            DeserializationConfig config, CollectionType type, BeanDescription bean, JsonDeserializer<?> reader) {
        // By now a list is to be whichever class the library makes of it.
        return type.hasRawClass(ArrayList.class) ? new Reader(type, null, null) : reader;
    }

    private static final class Reader extends StdDeserializer<List<?>> implements ContextualDeserializer {

        private final JavaType type;
        private final @Nullable JsonDeserializer<Object> elements;
        private final @Nullable Size size;

        Reader(JavaType type, @Nullable JsonDeserializer<Object> elements, @Nullable Size size) {
            super(type);
            this.type = type;
            this.elements = elements;
            this.size = size;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            return new Reader(
                    type,
                    context.findContextualValueDeserializer(type.getContentType(), property),
                    property == null ? null : property.getAnnotation(Size.class));
        }

        @Override
        public List<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (elements == null || !parser.isExpectedStartArrayToken()) {
                return (List<?>) context.handleUnexpectedToken(type, parser);
            }
            List<@Nullable Object> list = new ArrayList<>();
            int most = size == null ? MOST : size.max();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (list.size() == most) {
                    throw new UnexpectedValue(parser, List.class, expected());
                }
                list.add(element(elements, parser, context, list));
            }
            return list;
        }

        private static @Nullable Object element(
                JsonDeserializer<Object> elements, JsonParser parser, DeserializationContext context, List<?> before)
                throws IOException {
            try {
                return parser.hasToken(JsonToken.VALUE_NULL)
                        ? elements.getNullValue(context)
                        : elements.deserialize(parser, context);
            } catch (IOException | RuntimeException failure) {
                throw JsonMappingException.wrapWithPath(failure, before, before.size());
            }
        }

        /** What the validator says of it. */
        private String expected() {
            return size == null
                    ? "must have at most " + MOST + " elements"
                    : "size must be between " + size.min() + " and " + size.max();
        }
    }
}
