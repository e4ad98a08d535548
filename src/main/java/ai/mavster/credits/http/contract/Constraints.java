package ai.mavster.credits.http.contract;

import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.SignedAmount;
import ai.mavster.credits.http.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/** Declares the constraints on fields that the framework does not know, or not within an {@code Optional}. */
final class Constraints {

    private static final DotName POSITIVE_AMOUNT = DotName.createSimple(PositiveAmount.class);
    private static final DotName SIGNED_AMOUNT = DotName.createSimple(SignedAmount.class);
    private static final DotName TEXT = DotName.createSimple(Text.class);
    private static final DotName EMAIL = DotName.createSimple("jakarta.validation.constraints.Email");
    private static final DotName DIGITS = DotName.createSimple("jakarta.validation.constraints.Digits");
    private static final DotName LEAST = DotName.createSimple("jakarta.validation.constraints.DecimalMin");
    private static final DotName MOST = DotName.createSimple("jakarta.validation.constraints.DecimalMax");

    /** No control characters, as {@link Character#isISOControl} has them. */
    static final String PRINTABLE = "^[^\\u0000-\\u001F\\u007F-\\u009F]+$";

    private Constraints() {}

    static void declare(Schema schema, ClassInfo type) {
        Records.eachField(type, schema, (component, field, property) -> {
            AnnotationInstance positive = constraint(component, POSITIVE_AMOUNT);
            if (positive != null && positive.value("orZero") == null) {
                schema.addProperty(field, amount("PositiveCredits", property));
            }
            if (constraint(component, SIGNED_AMOUNT) != null) {
                schema.addProperty(field, amount("SignedCredits", property));
            }
            AnnotationInstance text = constraint(component, TEXT);
            if (text != null) {
                property.minLength(property.getMinLength() == null ? 1 : property.getMinLength())
                        .maxLength(text.value("max").asInt())
                        .pattern(PRINTABLE);
            }
            if (constraint(component, EMAIL) != null) {
                property.minLength(3).format("email");
            }
            AnnotationInstance digits = constraint(component, DIGITS);
            if (digits != null) {
                declare(property, digits, constraint(component, LEAST), constraint(component, MOST));
            }
        });
    }

    private static Schema amount(String form, Schema amount) {
        return OASFactory.createSchema()
                .ref("#/components/schemas/" + form)
                .description(amount.getDescription())
                .examples(amount.getExamples());
    }

    private static void declare(
            Schema number,
            AnnotationInstance digits,
            @Nullable AnnotationInstance least,
            @Nullable AnnotationInstance most) {
        BigDecimal step = BigDecimal.ONE.movePointLeft(digits.value("fraction").asInt());
        number.setMultipleOf(step);
        number.setMaximum(
                most == null
                        ? BigDecimal.TEN.pow(digits.value("integer").asInt()).subtract(step)
                        : new BigDecimal(most.value().asString()));
        if (least != null) {
            BigDecimal bound = new BigDecimal(least.value().asString());
            AnnotationValue inclusive = least.value("inclusive");
            if (inclusive == null || inclusive.asBoolean()) {
                number.setMinimum(bound);
            } else {
                number.setExclusiveMinimum(bound);
            }
        }
    }

    /** On the component itself, or on what is within it. */
    private static @Nullable AnnotationInstance constraint(RecordComponentInfo component, DotName name) {
        List<Type> types = new ArrayList<>(List.of(component.type()));
        if (component.type().kind() == Type.Kind.PARAMETERIZED_TYPE
                && component.type().name().toString().equals("java.util.Optional")) {
            types.addAll(component.type().asParameterizedType().arguments());
        }
        return Stream.concat(
                        Stream.ofNullable(component.annotation(name)),
                        types.stream().map(type -> type.annotation(name)))
                .filter(annotation -> annotation != null)
                .findFirst()
                .orElse(null);
    }
}
