package ai.mavster.credits.http.contract;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.AlsoClosed;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** What endpoints declare of themselves, by their operation's id. */
final class Endpoints {

    private static final DotName OPERATION =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.Operation");
    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final DotName PRODUCES = DotName.createSimple("jakarta.ws.rs.Produces");
    private static final DotName RESPONSE =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.responses.APIResponse");
    private static final String CSV = "text/csv";

    private final Map<String, MethodInfo> methods = new HashMap<>();

    Endpoints(IndexView index) {
        for (AnnotationInstance operation : index.getAnnotations(OPERATION)) {
            AnnotationValue id = operation.value("operationId");
            if (id != null && operation.target().kind() == AnnotationTarget.Kind.METHOD) {
                methods.put(id.asString(), operation.target().asMethod());
            }
        }
    }

    boolean needsIdempotencyKey(Operation operation) {
        return method(operation).hasDeclaredAnnotation(IdempotencyKeyRequired.class);
    }

    boolean isForClosedAccounts(Operation operation) {
        return method(operation).hasDeclaredAnnotation(AlsoClosed.class);
    }

    /** Of its own accord: what comes with an account in the path, or with an idempotency key, is not among them. */
    List<Refusal.Code> refuses(Operation operation) {
        AnnotationInstance refuses = method(operation).declaredAnnotation(Refuses.class);
        return refuses == null
                ? List.of()
                : Arrays.stream(refuses.value().asEnumArray())
                        .map(Refusal.Code::valueOf)
                        .toList();
    }

    /** An example of the CSV that the same address answers with, from a method that is hidden beside this one. */
    @Nullable
    String csv(Operation operation) {
        MethodInfo method = method(operation);
        return method.declaringClass().methods().stream()
                .filter(other -> produces(other, CSV) && path(other).equals(path(method)))
                .map(other -> other.declaredAnnotation(RESPONSE)
                        .value("content")
                        .asNestedArray()[0]
                        .value("example")
                        .asString())
                .findFirst()
                .orElse(null);
    }

    private static boolean produces(MethodInfo method, String mediaType) {
        AnnotationInstance produces = method.declaredAnnotation(PRODUCES);
        return produces != null && List.of(produces.value().asStringArray()).contains(mediaType);
    }

    private static String path(MethodInfo method) {
        AnnotationInstance path = method.declaredAnnotation(PATH);
        return path == null ? "" : path.value().asString();
    }

    private MethodInfo method(Operation operation) {
        MethodInfo method = methods.get(operation.getOperationId());
        if (method == null) {
            throw new IllegalStateException("Give each endpoint an operationId of its own: " + operation);
        }
        return method;
    }
}
