package ai.mavster.credits.http.contract;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * Declares which fields may be null: those of a record's components that are {@code @Nullable}, as the compiler
 * checks them. Answers have all of their fields, also those that are null; required are those that are never
 * null: where a field is both, what generates client libraries takes it for one that never is, and they fail to read
 * the answer. A record that leaves out what is null has to declare itself what it always has.
 */
final class Nullness {

    private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName NOT_NULL = DotName.createSimple("jakarta.validation.constraints.NotNull");
    private static final DotName LEFT_OUT = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");

    private Nullness() {}

    static void declare(Schema schema, ClassInfo type, boolean answer) {
        if (type.hasDeclaredAnnotation(LEFT_OUT)) {
            return;
        }
        Records.eachField(type, schema, (component, field, property) -> {
            // Of an Optional of an enumeration it is said to be an object too.
            if (property.getEnumeration() != null) {
                without(Schema.SchemaType.OBJECT, property);
            }
            if (mayOnlyBeLeftOut(component.type())) {
                without(Schema.SchemaType.NULL, property);
                return;
            }
            if (component.type().hasAnnotation(NULLABLE)) {
                schema.addProperty(field, orNull(property));
            } else if (answer && !component.field().hasAnnotation(LEFT_OUT) && !isRequired(schema, field)) {
                schema.addRequired(field);
            }
        });
    }

    /** What it holds where it is given must not be null: {@code Optional<@NotNull …>}. */
    private static boolean mayOnlyBeLeftOut(Type component) {
        return component.kind() == Type.Kind.PARAMETERIZED_TYPE
                && component.name().toString().equals("java.util.Optional")
                && component.asParameterizedType().arguments().stream().anyMatch(of -> of.hasAnnotation(NOT_NULL));
    }

    private static void without(Schema.SchemaType type, Schema property) {
        if (property.getType() != null && property.getType().size() > 1) {
            property.setType(
                    property.getType().stream().filter(other -> other != type).toList());
        }
    }

    private static boolean isRequired(Schema schema, String field) {
        return schema.getRequired() != null && schema.getRequired().contains(field);
    }

    /** A reference stands for all of a value, so null is the other of two; what is said beside it stays. */
    static Schema orNull(Schema property) {
        if (property.getRef() != null) {
            Schema reference = OASFactory.createSchema().ref(property.getRef());
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .examples(property.getExamples())
                    .anyOf(List.of(reference, OASFactory.createSchema().addType(Schema.SchemaType.NULL)));
        }
        if (property.getAnyOf() != null) {
            property.setType(null);
            return property;
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
}
