package ai.mavster.credits.http.body;

import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Set;

/**
 * Reads the elements of a list one by one, with the checks of a body, so that one bad element does not fail the
 * others.
 */
@Singleton
public class Elements {

    private final ObjectMapper mapper;
    private final Validator validator;

    Elements(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    /**
     * @throws ProblemException 400, its fields named from the element on
     */
    public <T> T read(JsonNode element, Class<T> type) {
        T value;
        try {
            value = mapper.treeToValue(element, type);
        } catch (JsonProcessingException e) {
            throw new ProblemException(JsonProblems.of(e));
        }
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
