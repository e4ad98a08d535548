package ai.mavster.credits.http.body;

import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Set;

/** Opens the elements of a list one by one, with the checks of a body. */
@Singleton
public class Elements {

    private final Validator validator;

    Elements(Validator validator) {
        this.validator = validator;
    }

    /**
     * @throws ProblemException 400, its fields named from the element on
     */
    public <T> T open(Listed<T> element) {
        if (element.problem() != null) {
            throw new ProblemException(element.problem());
        }
        T value = element.value();
        if (value == null) {
            throw Problems.invalidRequest(JsonProblems.BODY, "must be an object");
        }
        Set<ConstraintViolation<T>> violations = validator.validate(value);
        if (!violations.isEmpty()) {
            throw new ProblemException(Violations.of(violations));
        }
        return value;
    }
}
