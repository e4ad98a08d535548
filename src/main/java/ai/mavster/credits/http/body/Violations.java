package ai.mavster.credits.http.body;

import ai.mavster.credits.Decimals;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.Problems;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.constraints.Digits;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The problem that names the fields of broken constraints, by {@link FieldNames}. */
public final class Violations {

    private Violations() {}

    /** The problem, or null where no caller's input is at fault but an answer of ours. */
    public static @Nullable Problem problem(ConstraintViolationException failure) {
        if (failure.getConstraintViolations().isEmpty()
                || failure.getConstraintViolations().stream().anyMatch(Violations::isOurs)) {
            return null;
        }
        return of(failure.getConstraintViolations());
    }

    static Problem of(Collection<? extends ConstraintViolation<?>> violations) {
        List<Problem.InvalidField> errors = violations.stream()
                .map(violation -> new Problem.InvalidField(field(violation), message(violation)))
                .distinct()
                .sorted(Comparator.comparing(Problem.InvalidField::field).thenComparing(Problem.InvalidField::message))
                .toList();
        return Problems.invalid(errors);
    }

    /** A number that is out of its digits is answered with what it should be: the constraint itself cannot. */
    private static String message(ConstraintViolation<?> violation) {
        String fault = violation.getConstraintDescriptor().getAnnotation() instanceof Digits most
                        && violation.getInvalidValue() instanceof BigDecimal number
                ? digits(number, most.integer(), most.fraction())
                : null;
        return fault == null ? violation.getMessage() : fault;
    }

    /**
     * What is wrong with a number that may have so many digits before its point and after it; null: nothing.
     *
     * @param fraction at most six
     */
    public static @Nullable String digits(BigDecimal number, int whole, int fraction) {
        if (Decimals.isLongerThan(whole, number)) {
            return "must have at most %d digits before the point".formatted(whole);
        }
        return Decimals.isFinerThan(fraction, number) ? Decimals.roundTo(fraction, number) : null;
    }

    /** Only the parameters of an endpoint come from the caller: not its answer, and not the entities behind it. */
    private static boolean isOurs(ConstraintViolation<?> violation) {
        return StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .noneMatch(node -> node.getKind() == ElementKind.PARAMETER);
    }

    private static String field(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                field.append('[').append(node.getIndex()).append(']');
            }
            boolean isNamed = node.getKind() == ElementKind.PARAMETER || node.getKind() == ElementKind.PROPERTY;
            if (isNamed && !node.getName().equals(FieldNames.UNNAMED)) {
                field.append(field.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        return field.isEmpty() ? JsonProblems.BODY : field.toString();
    }
}
