package ai.mavster.credits;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The contract as the service serves it, and whether a JSON value is what it declares. */
final class ServedContract {

    private final JsonNode contract;

    private ServedContract(JsonNode contract) {
        this.contract = contract;
    }

    static ServedContract read() {
        try {
            return new ServedContract(new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(given().accept("application/json")
                            .get("/q/openapi")
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One method of one path. */
    record Endpoint(String method, String path, JsonNode operation) {

        String name() {
            return method + " " + path;
        }

        /** Any one of them will do. */
        Set<String> scopes() {
            Set<String> scopes = new TreeSet<>();
            operation.at("/security/0/api_key").forEach(scope -> scopes.add(scope.asText()));
            return scopes;
        }

        boolean takesBody() {
            return operation.has("requestBody");
        }

        boolean needsIdempotencyKey() {
            return parameters("header").contains("Idempotency-Key");
        }

        /** The names of its parameters in the {@code path}, {@code query} or {@code header}. */
        List<String> parameters(String in) {
            return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.path("in").asText().equals(in))
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
        }

        /** Of the body itself, also where it may be left out. */
        JsonNode requestSchema() {
            JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
            return schema.has("anyOf") ? schema.at("/anyOf/0") : schema;
        }
    }

    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        contract.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> endpoints.add(new Endpoint(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return endpoints;
    }

    /** The endpoint with this name, such as {@code GET /v1/plans}. */
    Endpoint endpoint(String name) {
        return endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The contract has no " + name));
    }

    JsonNode answerSchema(Endpoint endpoint, int status, String mediaType) {
        return response(endpoint, status).path("content").path(mediaType).path("schema");
    }

    /** The declaration of an endpoint's answers with this status; missing where there is none. */
    JsonNode response(Endpoint endpoint, int status) {
        return resolve(endpoint.operation().path("responses").path(Integer.toString(status)));
    }

    JsonNode schemas() {
        return contract.at("/components/schemas");
    }

    /** Everything else in it. */
    JsonNode at(String pointer) {
        return contract.at(pointer);
    }

    /** The schema itself where it is a reference. */
    JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : contract.at(reference.substring(1));
    }

    /** Whether a schema refers to that of this name, by itself or as one of several. */
    static boolean refersTo(JsonNode schema, String name) {
        if (schema.path("$ref").asText().equals("#/components/schemas/" + name)) {
            return true;
        }
        return StreamSupport.stream(schema.path("anyOf").spliterator(), false).anyMatch(one -> refersTo(one, name));
    }

    boolean accepts(JsonNode schema, JsonNode value) {
        return differences(schema, value, "", Set.of()).isEmpty();
    }

    /**
     * How a value differs from what its schema declares.
     *
     * @param open the names of schemas that may have further fields
     */
    List<String> differences(JsonNode schema, JsonNode value, String at, Set<String> open) {
        List<String> differences = new ArrayList<>();
        if (schema.isMissingNode()) {
            differences.add(at + " has no schema");
        } else if (schema.has("anyOf")) {
            if (StreamSupport.stream(schema.get("anyOf").spliterator(), false)
                    .noneMatch(one -> differences(one, value, at, open).isEmpty())) {
                differences.add(at + " is none of " + schema.get("anyOf") + " but " + value);
            }
        } else if (schema.has("oneOf")) {
            long accepting = StreamSupport.stream(schema.get("oneOf").spliterator(), false)
                    .filter(one -> differences(one, value, at, open).isEmpty())
                    .count();
            if (accepting != 1) {
                differences.add(at + " is " + accepting + " of " + schema.get("oneOf") + ": " + value);
            }
        } else if (schema.has("$ref")) {
            String name = schema.get("$ref").asText().replaceFirst(".*/", "");
            JsonNode resolved = resolve(schema);
            differences.addAll(
                    resolved.has("oneOf")
                            ? differences(resolved, value, at, open)
                            : resolved(resolved, value, at, open, open.contains(name)));
        } else {
            differences.addAll(resolved(schema, value, at, open, false));
        }
        return differences;
    }

    private List<String> resolved(JsonNode schema, JsonNode value, String at, Set<String> open, boolean mayHaveMore) {
        List<String> differences = new ArrayList<>();
        if (!isOfType(schema, value)) {
            differences.add(at + " is " + value + ", not " + schema.path("type") + schema.path("enum"));
        } else if (value.isObject()) {
            schema.path("required").forEach(field -> {
                if (!value.has(field.asText())) {
                    differences.add(at + "." + field.asText() + " is missing");
                }
            });
            if (value.size() < schema.path("minProperties").asInt()) {
                differences.add(at + " has too few fields");
            }
            value.properties().forEach(field -> {
                JsonNode declared = schema.path("properties").path(field.getKey());
                JsonNode property = declared.isMissingNode()
                                && schema.path("additionalProperties").isObject()
                        ? schema.get("additionalProperties")
                        : declared;
                String place = at + "." + field.getKey();
                if (!property.isMissingNode() || !mayHaveMore) {
                    differences.addAll(differences(property, field.getValue(), place, open));
                }
            });
        } else if (value.isArray()) {
            if (value.size() < schema.path("minItems").asInt()
                    || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
                differences.add(at + " has " + value.size() + " items");
            }
            for (int i = 0; i < value.size(); i++) {
                differences.addAll(differences(schema.path("items"), value.get(i), at + "[" + i + "]", open));
            }
        }
        return differences;
    }

    private static boolean isOfType(JsonNode schema, JsonNode value) {
        JsonNode type = schema.path("type");
        boolean typed = type.isArray()
                ? StreamSupport.stream(type.spliterator(), false).anyMatch(one -> is(one.asText(), value))
                : is(type.asText(), value);
        return typed
                && (!schema.has("enum")
                        || StreamSupport.stream(schema.get("enum").spliterator(), false)
                                .anyMatch(value::equals))
                && (!value.isTextual() || isOfForm(schema, value.asText()))
                && (!value.isNumber() || isWithin(schema, value.decimalValue()));
    }

    private static boolean isOfForm(JsonNode schema, String text) {
        int length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt()
                || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)
                || (schema.has("pattern") && !text.matches(schema.get("pattern").asText()))) {
            return false;
        }
        if (!schema.path("format").asText().equals("date-time")) {
            return true;
        }
        try {
            Instant.parse(text);
            return text.matches("[0-9]{4}-.*Z");
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isWithin(JsonNode schema, BigDecimal number) {
        return (!schema.has("minimum") || schema.get("minimum").decimalValue().compareTo(number) <= 0)
                && (!schema.has("maximum")
                        || schema.get("maximum").decimalValue().compareTo(number) >= 0)
                && (!schema.has("exclusiveMinimum")
                        || schema.get("exclusiveMinimum").decimalValue().compareTo(number) < 0)
                && (!schema.has("multipleOf")
                        || number.remainder(schema.get("multipleOf").decimalValue())
                                        .signum()
                                == 0);
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
