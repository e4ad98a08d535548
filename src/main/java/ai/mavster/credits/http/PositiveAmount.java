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
import org.jspecify.annotations.Nullable;

/**
 * An amount that a command may move: more than nothing, at most {@link Credits#MAX_AMOUNT}. Null is left to
 * {@code @NotNull}.
 */
@Documented
@Constraint(validatedBy = PositiveAmount.Validator.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PositiveAmount {

    String message() default "must be greater than 0 and at most 1000000000";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check. */
    class Validator implements ConstraintValidator<PositiveAmount, Credits> {

        @Override
        public boolean isValid(@Nullable Credits value, ConstraintValidatorContext context) {
            return value == null || (value.isPositive() && value.compareTo(Credits.MAX_AMOUNT) <= 0);
        }
    }
}
