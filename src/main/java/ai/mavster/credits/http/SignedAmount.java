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
 * An amount that a command may add or take: not zero, and at most {@link Credits#MAX_AMOUNT} either way. Null is left
 * to {@code @NotNull}.
 *
 * <p>It stands for such an amount in the contract, too.
 */
@Documented
@Schema(
        name = "SignedCredits",
        type = SchemaType.NUMBER,
        minimum = "-1000000000",
        maximum = "1000000000",
        multipleOf = 0.000001,
        description =
                "Credits to be added, or taken where it is negative: not 0, at most a billion either way, with at most six decimals."
                        + " Exact: write it as a decimal, not by way of a binary floating point number.",
        examples = "-12.5")
@Constraint(validatedBy = SignedAmount.Validator.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface SignedAmount {

    String message() default "must not be 0, and at most 1000000000 either way";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check. */
    class Validator implements ConstraintValidator<SignedAmount, Credits> {

        @Override
        public boolean isValid(@Nullable Credits value, ConstraintValidatorContext context) {
            return value == null
                    || (!value.isZero()
                            && value.compareTo(Credits.MAX_AMOUNT) <= 0
                            && value.compareTo(Credits.MAX_AMOUNT.negated()) >= 0);
        }
    }
}
