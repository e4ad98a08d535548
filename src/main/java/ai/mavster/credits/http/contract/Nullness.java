package ai.mavster.credits.http.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Declares which fields may be null: those of a record's components that are {@code @Nullable}, as the compiler
 * checks them. Fields of answers that may not be null are required. A record that leaves out what is null has to
 * declare itself what it always has.
 */
final class Nullness {

    private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName LEFT_OUT = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
    private static final DotName NAMED =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
    private static final String REFERENCE = "#/components/schemas/";
    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private final Map<String, List<ClassInfo>> records;

    Nullness(IndexView index) {
        records = index.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .collect(Collectors.groupingBy(Nullness::schemaName));
    }

    private static String schemaName(ClassInfo type) {
        AnnotationInstance schema = type.declaredAnnotation(NAMED);
        return schema == null || schema.value("name") == null
                ? type.simpleName()
                : schema.value("name").asString();
    }

    void declare(OpenAPI contract) {
        Map<String, Schema> schemas = contract.getComponents().getSchemas();
        Set<String> answers = answers(contract, schemas);
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null) {
                ClassInfo type = type(name, schema.getProperties().keySet());
                if (type != null) {
                    declare(schema, type, answers.contains(name));
                }
            }
        });
    }

    private static void declare(Schema schema, ClassInfo type, boolean answer) {
        if (type.hasDeclaredAnnotation(LEFT_OUT)) {
            return;
        }
        for (RecordComponentInfo component : type.recordComponents()) {
            String field = field(component);
            Schema property = schema.getProperties().get(field);
            if (property == null) {
                continue;
            }
            if (component.type().hasAnnotation(NULLABLE)) {
                schema.addProperty(field, orNull(property));
            } else if (answer && !component.hasAnnotation(LEFT_OUT) && !isRequired(schema, field)) {
                schema.addRequired(field);
            }
        }
    }

    private static boolean isRequired(Schema schema, String field) {
        return schema.getRequired() != null && schema.getRequired().contains(field);
    }

    /** A reference stands for all of a value, so null is the other of two; what is said beside it stays. */
    private static Schema orNull(Schema property) {
        if (property.getRef() != null) {
            Schema reference = OASFactory.createSchema().ref(property.getRef());
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .examples(property.getExamples())
                    .anyOf(List.of(reference, OASFactory.createSchema().addType(Schema.SchemaType.NULL)));
        }
        if (!property.getType().contains(Schema.SchemaType.NULL)) {
            property.addType(Schema.SchemaType.NULL);
        }
        if (property.getEnumeration() != null && !property.getEnumeration().contains(null)) {
            List<@Nullable Object> values = new ArrayList<>(property.getEnumeration());
            values.add(null);
            property.setEnumeration(values);
        }
        return property;
    }

    /**
     * Several records may share a simple name: then the one with these fields. A page is named after what is on it,
     * too.
     */
    private @Nullable ClassInfo type(String schemaName, Set<String> fields) {
        String name = records.containsKey(schemaName) || !schemaName.startsWith("Page") ? schemaName : "Page";
        List<ClassInfo> candidates = records.getOrDefault(name, List.of());
        return candidates.size() == 1
                ? candidates.get(0)
                : candidates.stream()
                        .filter(candidate -> candidate.recordComponents().stream()
                                .map(Nullness::field)
                                .collect(Collectors.toSet())
                                .equals(fields))
                        .findFirst()
                        .orElse(null);
    }

    private static String field(RecordComponentInfo component) {
        return SNAKE_CASE.translate(component.name());
    }

    /** The names of all schemas that an answer consists of. */
    private static Set<String> answers(OpenAPI contract, Map<String, Schema> schemas) {
        Set<String> names = new HashSet<>();
        contract.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .map(response -> response.getContent())
                .filter(content -> content != null)
                .forEach(content -> collect(content, schemas, names));
        return names;
    }

    private static void collect(Content content, Map<String, Schema> schemas, Set<String> names) {
        content.getMediaTypes().values().forEach(media -> collect(media.getSchema(), schemas, names));
    }

    private static void collect(@Nullable Schema schema, Map<String, Schema> schemas, Set<String> names) {
        if (schema == null) {
            return;
        }
        String reference = schema.getRef();
        if (reference != null) {
            String name = reference.substring(REFERENCE.length());
            if (names.add(name)) {
                collect(schemas.get(name), schemas, names);
            }
        }
        collect(schema.getItems(), schemas, names);
        if (schema.getOneOf() != null) {
            schema.getOneOf().forEach(one -> collect(one, schemas, names));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> collect(property, schemas, names));
        }
    }
}
