package ai.mavster.credits.http.contract;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemCode;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Declares for each operation the problems that it may answer with, by status. */
final class ProblemResponses {

    /** Whatever is asked. */
    private static final List<ProblemCode> ALWAYS = List.of(
            ProblemCode.INVALID_REQUEST,
            ProblemCode.UNAUTHENTICATED,
            ProblemCode.FORBIDDEN,
            ProblemCode.METHOD_NOT_ALLOWED,
            ProblemCode.NOT_ACCEPTABLE,
            ProblemCode.RATE_LIMITED,
            ProblemCode.INTERNAL_ERROR,
            ProblemCode.OVERLOADED,
            ProblemCode.UNAVAILABLE);

    private static final List<ProblemCode> OF_BODIES =
            List.of(ProblemCode.REQUEST_TIMEOUT, ProblemCode.PAYLOAD_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE);

    /** The headers that come with each problem of a status. */
    private static final Map<Integer, List<String>> HEADERS = Map.of(
            401,
            List.of(HttpHeaders.WWW_AUTHENTICATE),
            405,
            List.of(HttpHeaders.ALLOW),
            429,
            List.of(HttpHeaders.RETRY_AFTER, "RateLimit", "RateLimit-Policy"),
            503,
            List.of(HttpHeaders.RETRY_AFTER));

    private final Components components;

    ProblemResponses(Components components) {
        this.components = components;
        Reason.all().forEach(this::addExample);
    }

    /** All codes there are, and which members may be null. */
    void completeSchema(Schema problem) {
        Map<String, Schema> members = problem.getProperties();
        Objects.requireNonNull(members.get("code"))
                .setEnumeration(
                        List.copyOf(Reason.all().stream().map(Reason::id).toList()));
        for (String member : List.of("required", "shortfall", "subscription_status", "next_grant", "credits", "note")) {
            problem.addProperty(member, Nullness.orNull(Objects.requireNonNull(members.get(member))));
        }
        Object example = Objects.requireNonNull(components.getExamples().get("insufficient_credits"))
                .getValue();
        problem.setExamples(List.of(example));
    }

    void declare(String path, PathItem.HttpMethod method, Operation operation, Endpoints endpoints) {
        List<Reason> reasons = new ArrayList<>();
        ALWAYS.forEach(code -> reasons.add(Reason.of(code)));
        if (operation.getRequestBody() != null) {
            OF_BODIES.forEach(code -> reasons.add(Reason.of(code)));
        }
        if (method != PathItem.HttpMethod.GET) {
            reasons.add(Reason.of(ProblemCode.OUTCOME_UNKNOWN));
        }
        if (path.contains("{account_id}")) {
            reasons.add(Reason.of(Refusal.Code.ACCOUNT_NOT_FOUND));
            if (method != PathItem.HttpMethod.GET && !endpoints.isForClosedAccounts(operation)) {
                reasons.add(Reason.of(Refusal.Code.ACCOUNT_CLOSED));
            }
        }
        if (endpoints.needsIdempotencyKey(operation)) {
            reasons.add(Reason.of(ProblemCode.IDEMPOTENCY_KEY_REQUIRED));
            reasons.add(Reason.of(Refusal.Code.IDEMPOTENCY_KEY_REUSED));
        }
        endpoints.refuses(operation).forEach(code -> reasons.add(Reason.of(code)));
        byStatus(reasons)
                .forEach((status, same) -> operation
                        .getResponses()
                        .addAPIResponse(
                                Integer.toString(status),
                                OASFactory.createAPIResponse().ref(shared(status, same))));
    }

    private static Map<Integer, List<Reason>> byStatus(List<Reason> reasons) {
        return reasons.stream()
                .distinct()
                .collect(Collectors.groupingBy(Reason::status, TreeMap::new, Collectors.toList()));
    }

    /** Operations that give the same reasons share one response, named after them. */
    private String shared(int status, List<Reason> reasons) {
        String name = reasons.stream().map(Reason::id).collect(Collectors.joining("."));
        if (components.getResponses() == null || !components.getResponses().containsKey(name)) {
            components.addResponse(name, response(status, reasons));
        }
        return "#/components/responses/" + name;
    }

    private static APIResponse response(int status, List<Reason> reasons) {
        MediaType problem =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        reasons.forEach(reason -> problem.addExample(
                reason.id(), OASFactory.createExample().ref("#/components/examples/" + reason.id())));
        APIResponse response = OASFactory.createAPIResponse()
                .description(reasons.stream()
                        .map(reason -> "`" + reason.id() + "`: " + reason.meaning())
                        .collect(Collectors.joining("\n\n")))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem));
        HEADERS.getOrDefault(status, List.of())
                .forEach(header ->
                        response.addHeader(header, OASFactory.createHeader().ref("#/components/headers/" + header)));
        return response;
    }

    /** Those with members of their own are written out in the file of what is constant. */
    private void addExample(Reason reason) {
        if (components.getExamples() == null || !components.getExamples().containsKey(reason.id())) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("type", "https://mavster.ai/problems/" + reason.id().replace('_', '-'));
            value.put("title", reason.title());
            value.put("status", reason.status());
            value.put("code", reason.id());
            value.put("detail", reason.meaning().replace("`", ""));
            components.addExample(reason.id(), OASFactory.createExample().value(value));
        }
    }
}
