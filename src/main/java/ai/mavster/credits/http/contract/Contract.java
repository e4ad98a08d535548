package ai.mavster.credits.http.contract;

import ai.mavster.credits.http.IdempotencyKey;
import ai.mavster.credits.http.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/** Writes into the contract what holds for every endpoint, so that no endpoint has to repeat it. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class Contract implements OASFilter {

    /** The endpoints that need an idempotency key, by the end of their paths. */
    private static final Set<String> KEYED = Set.of("/top-ups", "/grants", "/debits", "/reversals");

    private static final String SECURITY = "api_key";

    /**
     * The statuses that any endpoint may answer with, and when. Sorted: the order of {@code Map.of} is another in
     * each process.
     */
    private static final Map<String, String> EVERYWHERE = new TreeMap<>(
            Map.of(
                    "400",
                            "`invalid_request`: `errors` names each field and what it must be; or `idempotency_key_required`.",
                    "401", "`unauthenticated`: the key is missing, unknown, expired or revoked.",
                    "403", "`forbidden`: the key lacks the scope, or is bound to an account and this is not about one.",
                    "408", "`request_timeout`: the body did not arrive in time. Nothing was done.",
                    "413", "`payload_too_large`: a body may have at most 2 MB.",
                    "500", "`internal_error`: a fault of ours; `error_id` finds it in the log.",
                    "503",
                            "`overloaded` or `unavailable`: nothing was done, try again; or `outcome_unknown`: the same key will tell."));

    private final Nullness nullness;

    public Contract(IndexView index) {
        nullness = new Nullness(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        contract.getComponents()
                .addSecurityScheme(
                        SECURITY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key: `mck_…`"));
        contract.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(SECURITY)));
        contract.getPaths().getPathItems().forEach(Contract::complete);
        nullness.declare(contract);
    }

    private static void complete(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> {
            APIResponses responses = operation.getResponses();
            EVERYWHERE.forEach((status, description) -> problem(responses, status, description));
            if (path.contains("{account_id}")) {
                problem(responses, "404", "`account_not_found`, or another thing named in the path is not there.");
            }
            if (method == PathItem.HttpMethod.POST && path.endsWith("/debits")) {
                problem(
                        responses,
                        "402",
                        "`subscription_required`, `insufficient_credits` or `budget_exceeded`, decided in this order; with the figures and"
                                + " an action. Nothing was charged.");
            }
            if (method == PathItem.HttpMethod.POST && needsKey(path)) {
                operation.addParameter(idempotencyKey());
                problem(
                        responses,
                        "422",
                        "`idempotency_key_reused`, `reversal_exceeds_debit` or `balance_limit_exceeded`.");
                APIResponse created = responses.getAPIResponse("201");
                created.addHeader("Idempotency-Replayed", replayed());
            }
            describeParameters(operation);
            nameScopes(operation);
        });
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

    private static boolean needsKey(String path) {
        return path.contains("{account_id}") && KEYED.stream().anyMatch(path::endsWith);
    }

    private static void problem(APIResponses responses, String status, String description) {
        APIResponse present = responses.getAPIResponse(status);
        if (present == null || present.getContent() == null) {
            responses.addAPIResponse(
                    status,
                    OASFactory.createAPIResponse()
                            .description(description)
                            .content(OASFactory.createContent()
                                    .addMediaType(
                                            Problem.MEDIA_TYPE,
                                            OASFactory.createMediaType()
                                                    .schema(OASFactory.createSchema()
                                                            .ref("#/components/schemas/Problem")))));
        }
    }

    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name(IdempotencyKey.HEADER)
                .in(Parameter.In.HEADER)
                .required(true)
                .description("Makes a repeat harmless. 1 to 255 visible ASCII characters, unique within the account.")
                .example("run-1-step-3")
                .schema(text().pattern(IdempotencyKey.PATTERN));
    }

    private static Header replayed() {
        return OASFactory.createHeader()
                .description("`true`: the key had its effect earlier, and this is the first answer again.")
                .schema(text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static final Map<String, String> PARAMETERS = Map.of(
            "account_id", "The caller's own id, percent-encoded.",
            "limit", "How many rows, 1 to 1000; 50 if absent.",
            "cursor", "The `next_cursor` of the page before.",
            "from", "Only what occurred at this instant or later.",
            "to", "Only what occurred before this instant.");

    private static void describeParameters(Operation operation) {
        if (operation.getParameters() != null) {
            for (Parameter parameter : operation.getParameters()) {
                String description = PARAMETERS.get(parameter.getName());
                if (parameter.getDescription() == null && description != null) {
                    parameter.setDescription(description);
                }
            }
        }
    }

    /**
     * Enums travel in lower case; a pattern holds for the whole text, which JSON Schema does not take for granted;
     * and what is one of several is nothing beside: the scanner takes it for an object with the fields of its class.
     */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getOneOf() != null) {
            schema.setType(null);
            schema.setProperties(null);
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
