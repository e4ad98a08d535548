package ai.mavster.credits.http.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** The named schemas of the contract, and which of them requests and answers consist of. */
final class Schemas {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String PAGE = "Page";

    private final OpenAPI contract;

    Schemas(OpenAPI contract) {
        this.contract = contract;
    }

    Map<String, Schema> all() {
        return contract.getComponents().getSchemas();
    }

    /** The schema itself where it is a reference. */
    Schema resolve(Schema schema) {
        Schema named = schema.getRef() == null ? null : all().get(name(schema.getRef()));
        return named == null ? schema : named;
    }

    /**
     * Names each page after what is on it: the scanner names it after a class, and numbers those that are called alike.
     */
    void namePages() {
        Map<String, Schema> named = new TreeMap<>();
        Map<String, String> renamed = new TreeMap<>();
        all().forEach((name, schema) -> {
            if (name.startsWith(PAGE)) {
                Schema data = Objects.requireNonNull(schema.getProperties().get("data"));
                String rows = name(data.getItems().getRef());
                renamed.put(REFERENCE + name, REFERENCE + rows + PAGE);
                named.put(rows + PAGE, schema);
            } else {
                named.put(name, schema);
            }
        });
        contract.getComponents().setSchemas(named);
        operations()
                .flatMap(Schemas::answers)
                .flatMap(content -> content.getMediaTypes().values().stream())
                .map(media -> media.getSchema())
                .filter(schema -> schema != null && renamed.containsKey(schema.getRef()))
                .forEach(schema -> schema.setRef(renamed.get(schema.getRef())));
    }

    /** The names of all schemas that requests consist of. */
    Set<String> ofRequests() {
        return reachable(operations()
                .filter(operation -> operation.getRequestBody() != null)
                .map(operation -> operation.getRequestBody().getContent())
                .toList());
    }

    /** The names of all schemas that answers consist of. */
    Set<String> ofAnswers() {
        return reachable(operations().flatMap(Schemas::answers).toList());
    }

    private Stream<Operation> operations() {
        return contract.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream());
    }

    private static Stream<Content> answers(Operation operation) {
        return operation.getResponses().getAPIResponses().values().stream()
                .map(response -> response.getContent())
                .filter(content -> content != null);
    }

    private Set<String> reachable(List<Content> contents) {
        Set<String> names = new TreeSet<>();
        contents.forEach(
                content -> content.getMediaTypes().values().forEach(media -> collect(media.getSchema(), names)));
        return names;
    }

    private void collect(@Nullable Schema schema, Set<String> names) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null && names.add(name(schema.getRef()))) {
            collect(all().get(name(schema.getRef())), names);
        }
        parts(schema).forEach(part -> collect(part, names));
    }

    private static List<Schema> parts(Schema schema) {
        List<Schema> parts = new ArrayList<>();
        if (schema.getItems() != null) {
            parts.add(schema.getItems());
        }
        if (schema.getOneOf() != null) {
            parts.addAll(schema.getOneOf());
        }
        if (schema.getAnyOf() != null) {
            parts.addAll(schema.getAnyOf());
        }
        if (schema.getProperties() != null) {
            parts.addAll(schema.getProperties().values());
        }
        return parts;
    }

    private static String name(String reference) {
        return reference.substring(REFERENCE.length());
    }
}
