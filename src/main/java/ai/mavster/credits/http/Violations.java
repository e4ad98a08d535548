package ai.mavster.credits.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Names the fields of broken constraints as the caller sent them. */
final class Violations {

    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private Violations() {}

    /** The problem, or null where no caller's input is at fault but an answer of ours. */
    static @Nullable Problem problem(ConstraintViolationException failure) {
        if (failure.getConstraintViolations().isEmpty()
                || failure.getConstraintViolations().stream().anyMatch(Violations::isOurs)) {
            return null;
        }
        return of(failure.getConstraintViolations());
    }

    static Problem of(Collection<? extends ConstraintViolation<?>> violations) {
        List<Problem.InvalidField> errors = violations.stream()
                .map(violation -> new Problem.InvalidField(field(violation), violation.getMessage()))
                .distinct()
                .sorted(Comparator.comparing(Problem.InvalidField::field).thenComparing(Problem.InvalidField::message))
                .toList();
        return Problems.invalid(errors);
    }

    /** Only the parameters of an endpoint come from the caller: not its answer, and not the entities behind it. */
    private static boolean isOurs(ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                return false;
            }
        }
        return true;
    }

    private static String field(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        Path.@Nullable MethodNode method = null;
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.METHOD) {
                method = node.as(Path.MethodNode.class);
            } else if (node.getKind() == ElementKind.PARAMETER) {
                field.append(parameter(violation, method, node.as(Path.ParameterNode.class)));
            } else {
                append(field, node);
            }
        }
        return field.isEmpty() ? JsonProblems.BODY : field.toString();
    }

    private static void append(StringBuilder field, Path.Node node) {
        if (node.getIndex() != null) {
            field.append('[').append(node.getIndex()).append(']');
        }
        if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
            field.append(field.isEmpty() ? "" : ".").append(SNAKE_CASE.translate(node.getName()));
        }
    }

    /** The HTTP name of a parameter; nothing for the body, whose fields stand for themselves. */
    private static String parameter(
            ConstraintViolation<?> violation, Path.@Nullable MethodNode method, Path.ParameterNode parameter) {
        if (method == null) {
            return "";
        }
        Class<?>[] types = method.getParameterTypes().toArray(Class<?>[]::new);
        for (Class<?> type = violation.getRootBeanClass(); type != null; type = type.getSuperclass()) {
            try {
                Method declared = type.getDeclaredMethod(method.getName(), types);
                String name =
                        name(declared.getParameterAnnotations()[parameter.getParameterIndex()], parameter.getName());
                if (!name.isEmpty()) {
                    return name;
                }
            } catch (NoSuchMethodException inherited) {
                // The next class up declares it.
            }
        }
        return "";
    }

    private static String name(Annotation[] annotations, String declaredName) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof PathParam path) {
                return path.value();
            } else if (annotation instanceof QueryParam query) {
                return query.value();
            } else if (annotation instanceof HeaderParam header) {
                return header.value();
            } else if (annotation instanceof RestPath path) {
                return path.value().isEmpty() ? declaredName : path.value();
            } else if (annotation instanceof RestQuery query) {
                return query.value().isEmpty() ? declaredName : query.value();
            } else if (annotation instanceof RestHeader header) {
                return header.value().isEmpty() ? declaredName : header.value();
            }
        }
        return "";
    }
}
