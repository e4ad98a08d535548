package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.http.Scopes;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may call what, of every endpoint that the application has, also of those that the contract hides: a new one fails
 * until it has a place in {@link AgreedScopes}.
 */
class ScopesTest {

    @Test
    void everyEndpointIsForThoseWhomItWasAgreedFor() {
        Map<String, Set<String>> declared = new TreeMap<>();
        endpoints().forEach(method -> {
            RolesAllowed allowed = method.isAnnotationPresent(RolesAllowed.class)
                    ? method.getAnnotation(RolesAllowed.class)
                    : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
            // Without a key: one that a new endpoint has by mistake has no place in the list.
            Set<String> scopes = method.isAnnotationPresent(PermitAll.class)
                    ? Set.of(AgreedScopes.ANYBODY)
                    : new TreeSet<>(Arrays.asList(allowed.value()));
            Set<String> others = declared.putIfAbsent(name(method), scopes);
            assertThat(others == null ? scopes : others)
                    .as("JSON and CSV of " + name(method))
                    .isEqualTo(scopes);
        });

        assertThat(declared).isEqualTo(AgreedScopes.byEndpoint());
    }

    @Test
    void theseAreAllScopesThereAre() {
        Set<String> declared =
                Arrays.stream(Scopes.class.getFields()).map(ScopesTest::value).collect(Collectors.toSet());

        assertThat(AgreedScopes.ALL).containsExactlyInAnyOrderElementsOf(declared);
    }

    private static Stream<Method> endpoints() {
        return new ClassFileImporter()
                .importPath(java.nio.file.Path.of("target", "classes")).stream()
                        .filter(type -> type.getSimpleName().endsWith("Resource"))
                        .flatMap(type -> Arrays.stream(type.reflect().getDeclaredMethods()))
                        .filter(method -> verb(method) != null);
    }

    private static String name(Method method) {
        return verb(method) + " " + (path(method.getDeclaringClass()) + path(method));
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return null;
    }

    /** With a slash before it, and without one after it. */
    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        String value = path == null ? "" : path.value().replaceAll("^/|/$", "");
        return value.isEmpty() ? "" : "/" + value;
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
