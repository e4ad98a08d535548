package ai.mavster.credits.http.contract;

import ai.mavster.credits.http.idempotency.IdempotencyKey;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

/**
 * Completes the contract by what endpoints, records and codes declare of themselves, so that nothing is said twice.
 * What is constant is in {@code META-INF/openapi.yaml} and in the settings.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class Contract implements OASFilter {

    private static final String SECURITY = "api_key";

    private final Endpoints endpoints;
    private final Records records;

    public Contract(IndexView index) {
        endpoints = new Endpoints(index);
        records = new Records(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        Schemas schemas = new Schemas(contract);
        schemas.namePages();
        Set<String> requests = schemas.ofRequests();
        Set<String> answers = schemas.ofAnswers();
        schemas.all()
                .forEach((name, schema) -> complete(name, schema, requests.contains(name), answers.contains(name)));
        ProblemResponses problems = new ProblemResponses(contract.getComponents());
        problems.completeSchema(Objects.requireNonNull(schemas.all().get("Problem")));
        BodyExamples examples = new BodyExamples(schemas);
        contract.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    completeParameters(operation);
                    declareOptionalBody(operation);
                    nameScopes(operation);
                    addCsv(operation);
                    examples.add(operation);
                    if (endpoints.needsIdempotencyKey(operation)) {
                        declareReplay(operation);
                    }
                    problems.declare(path, method, operation, endpoints);
                }));
    }

    private void complete(String name, Schema schema, boolean request, boolean answer) {
        ClassInfo type = records.of(name);
        Scalars.complete(name, schema);
        if (schema.getProperties() == null) {
            return;
        }
        if (type != null) {
            Constraints.declare(schema, type);
        }
        schema.getProperties().forEach(Names::complete);
        if (type != null) {
            Nullness.declare(schema, type, answer && !request);
        }
        if (request) {
            // An unknown field is an error.
            schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
        }
    }

    private static void completeParameters(Operation operation) {
        if (operation.getParameters() != null) {
            for (Parameter parameter : operation.getParameters()) {
                Names.complete(parameter);
                if (parameter.getName().equals(IdempotencyKey.HEADER)) {
                    parameter.setRequired(true);
                }
            }
        }
    }

    /** A body that may be left out may be null. */
    private static void declareOptionalBody(Operation operation) {
        RequestBody body = operation.getRequestBody();
        if (body != null && !Boolean.TRUE.equals(body.getRequired())) {
            body.getContent()
                    .getMediaTypes()
                    .values()
                    .forEach(media -> media.setSchema(Nullness.orNull(media.getSchema())));
        }
    }

    private static void declareReplay(Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                response.addHeader(
                        IdempotencyKey.REPLAYED_HEADER,
                        OASFactory.createHeader().ref("#/components/headers/" + IdempotencyKey.REPLAYED_HEADER));
            }
        });
    }

    private void addCsv(Operation operation) {
        String example = endpoints.csv(operation);
        if (example != null) {
            operation
                    .getResponses()
                    .getAPIResponse("200")
                    .getContent()
                    .addMediaType(
                            "text/csv",
                            OASFactory.createMediaType()
                                    .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING))
                                    .example(example));
        }
    }

    /** The framework has noted which roles an endpoint allows; they are the scopes of a key. */
    private static void nameScopes(Operation operation) {
        List<String> scopes = operation.getSecurity() == null
                ? List.of()
                : operation.getSecurity().stream()
                        .flatMap(requirement -> requirement.getSchemes().values().stream())
                        .flatMap(List::stream)
                        .distinct()
                        .toList();
        if (!scopes.isEmpty()) {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(SECURITY, scopes)));
        }
    }

    /**
     * Enums travel in lower case; a pattern holds for the whole text, which JSON Schema does not take for granted; and
     * what is one of several, or a reference, is nothing beside: the scanner takes it for an object with the fields of
     * its class, and repeats its type.
     */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getOneOf() != null) {
            schema.setType(null);
            schema.setProperties(null);
        }
        if (schema.getRef() != null) {
            schema.setType(null);
        }
        String pattern = schema.getPattern();
        if (pattern != null && !pattern.startsWith("^")) {
            schema.setPattern("^" + pattern + "$");
        }
        List<Object> values = schema.getEnumeration();
        if (values != null) {
            schema.setEnumeration(values.stream()
                    .map(value -> value instanceof String text ? text.toLowerCase(Locale.ROOT) : value)
                    .toList());
        }
        return schema;
    }
}
