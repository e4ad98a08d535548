package ai.mavster.credits.http.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Gives each body an example: what its schema says itself, or is put together from the examples of its fields. */
final class BodyExamples {

    private final Schemas schemas;

    BodyExamples(Schemas schemas) {
        this.schemas = schemas;
    }

    void add(Operation operation) {
        if (operation.getRequestBody() != null) {
            add(operation.getRequestBody().getContent());
        }
        operation.getResponses().getAPIResponses().values().forEach(response -> {
            if (response.getContent() != null) {
                add(response.getContent());
            }
        });
    }

    private void add(Content content) {
        for (MediaType media : content.getMediaTypes().values()) {
            if (media.getSchema() != null && media.getExample() == null && media.getExamples() == null) {
                media.setExample(example(media.getSchema()));
            }
        }
    }

    private @Nullable Object example(Schema schema) {
        if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
            return schema.getExamples().get(0);
        }
        Schema named = schemas.resolve(schema);
        if (named != schema) {
            return example(named);
        }
        if (schema.getOneOf() != null) {
            return example(schema.getOneOf().get(0));
        }
        if (schema.getAnyOf() != null) {
            return example(schema.getAnyOf().get(0));
        }
        if (schema.getEnumeration() != null) {
            return schema.getEnumeration().get(0);
        }
        if (schema.getItems() != null) {
            return List.of(example(schema.getItems()));
        }
        return schema.getProperties() == null ? plain(schema) : object(schema);
    }

    private Map<String, @Nullable Object> object(Schema schema) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        schema.getProperties().forEach((name, property) -> object.put(name, example(property)));
        return object;
    }

    private static @Nullable Object plain(Schema schema) {
        return switch (schema.getType().get(0)) {
            case BOOLEAN -> true;
            case INTEGER -> 1;
            case NUMBER -> BigDecimal.ONE;
            case STRING -> schema.getType().contains(Schema.SchemaType.NULL) ? null : "text";
            default -> null;
        };
    }
}
