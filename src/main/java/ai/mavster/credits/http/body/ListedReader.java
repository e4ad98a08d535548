package ai.mavster.credits.http.body;

import ai.mavster.credits.http.UnexpectedValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Listed}. An element that is no JSON, or is beyond the bound, fails the whole body all the same. */
final class ListedReader extends StdDeserializer<Listed<?>> implements ContextualDeserializer {

    /**
     * The most names and values that an element may have. Until it is known to be one, an element is a tree, of which
     * each node takes some thirty times the memory that it took in the body.
     */
    static final int MOST_TOKENS = 1_000;

    private final JavaType type;

    ListedReader() {
        this(TypeFactory.unknownType());
    }

    private ListedReader(JavaType type) {
        super(Listed.class);
        this.type = type;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return new ListedReader(context.getContextualType().containedTypeOrUnknown(0));
    }

    @Override
    public Listed<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode tree = context.readTree(new Bounded(parser));
        try {
            return new Listed<>(context.readTreeAsValue(tree, type), null);
        } catch (JsonProcessingException wrong) {
            return new Listed<>(null, JsonProblems.of(wrong));
        }
    }

    @Override
    public Listed<?> getNullValue(DeserializationContext context) {
        return new Listed<>(null, null);
    }

    private static final class Bounded extends JsonParserDelegate {

        private int tokens;

        Bounded(JsonParser parser) {
            super(parser);
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            if (++tokens > MOST_TOKENS) {
                throw new UnexpectedValue(delegate, Listed.class, "must have at most " + MOST_TOKENS + " values");
            }
            return delegate.nextToken();
        }
    }
}
