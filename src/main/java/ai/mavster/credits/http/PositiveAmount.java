package ai.mavster.credits.http;

import ai.mavster.credits.Credits;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An amount that a command may move: more than nothing, at most {@link Credits#MAX_AMOUNT}. Null is left to
 * {@code @NotNull}.
 *
 * <p>It stands for such an amount in the contract, too.
 */
@Documented
@Schema(
        name = "PositiveCredits",
        type = SchemaType.NUMBER,
        minimum = "0",
        exclusiveMinimum = true,
        maximum = "1000000000",
        multipleOf = 0.000001,
        description =
                "Credits that a request is about: more than nothing, at most a billion, with at most six decimals. Exact: write it as"
                        + " a decimal, not by way of a binary floating point number.",
        examples = "12.5")
@Constraint(validatedBy = PositiveAmount.Validator.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PositiveAmount {

    String message() default "must be greater than 0 and at most 1000000000";

    /** Whether none is fine too; what declares that says so in its message and in its schema. */
    boolean orZero() default false;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check. */
    class Validator implements ConstraintValidator<PositiveAmount, Credits> {

        private boolean orZero;

        @Override
        public void initialize(PositiveAmount constraint) {
            orZero = constraint.orZero();
        }

        @Override
        public boolean isValid(@Nullable Credits value, ConstraintValidatorContext context) {
            return value == null
                    || ((value.isPositive() || (orZero && value.isZero())) && value.compareTo(Credits.MAX_AMOUNT) <= 0);
        }
    }
}
