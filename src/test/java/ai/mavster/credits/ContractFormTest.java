package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.ProblemCode;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract is fit to generate client libraries from, and to be read: names, descriptions, examples, bounds. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ContractFormTest {

    /** What a class may be called within one file, but a type of a client library may not. */
    private static final Set<String> TOO_GENERAL = Set.of(
            "Answer",
            "Decision",
            "Item",
            "Kind",
            "Line",
            "Object",
            "Page",
            "Report",
            "Request",
            "Response",
            "Result",
            "Row",
            "Scope",
            "Start",
            "Status",
            "Tally",
            "Value",
            "Verdict",
            "Version",
            "Wish");

    private final SoftAssertions all = new SoftAssertions();
    private ServedContract contract;

    @BeforeEach
    void read() {
        contract = ServedContract.read();
    }

    @Test
    void schemasHaveNamesOfTheirOwn() {
        contract.schemas()
                .fieldNames()
                .forEachRemaining(name -> all.assertThat(name)
                        .matches("([A-Z][a-z]+)+")
                        .doesNotStartWith("Page")
                        .isNotIn(TOO_GENERAL));
        all.assertAll();
    }

    @Test
    void everyNamedPartIsUsed() {
        String whole = contract.at("").toString();
        for (String kind : List.of("schemas", "responses", "examples", "headers")) {
            contract.at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(
                            name -> all.assertThat(whole).contains("\"#/components/" + kind + "/" + name + "\""));
        }
        all.assertAll();
    }

    /** The list of good requests is kept by hand: the walks over the contract leave none of them out. */
    @Test
    void theContractHasEveryEndpointAndItsBody() {
        assertThat(contract.endpoints())
                .extracting(Endpoint::name)
                .containsExactlyInAnyOrderElementsOf(Example.endpoints());
        assertThat(contract.endpoints())
                .allMatch(
                        endpoint -> endpoint.takesBody() == Example.of(endpoint).hasBody());
    }

    @Test
    void operationsHaveTheNamesOfMethods() {
        List<String> names = contract.endpoints().stream()
                .map(endpoint -> endpoint.operation().path("operationId").asText())
                .toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+([A-Z][a-z]+)*"));
    }

    @Test
    void parametersAreDescribedAndBounded() {
        for (Endpoint endpoint : contract.endpoints()) {
            for (JsonNode parameter : endpoint.operation().path("parameters")) {
                String what = endpoint.name() + " " + parameter.path("name").asText();
                JsonNode schema = parameter.path("schema");
                all.assertThat(parameter.path("description").asText()).as(what).isNotEmpty();
                all.assertThat(contract.differences(schema, parameter.path("example"), "", Set.of()))
                        .as(what)
                        .isEmpty();
                boolean bounded = Stream.of("pattern", "format", "enum", "maximum", "items")
                        .anyMatch(contract.resolve(schema)::has);
                all.assertThat(bounded
                                || schema.path("type").asText().equals("boolean")
                                || what.endsWith("If-None-Match"))
                        .as(what)
                        .isTrue();
            }
        }
        all.assertAll();
    }

    @Test
    void everyBodyHasAnExampleOfItsForm() {
        for (Endpoint endpoint : contract.endpoints()) {
            bodies(endpoint).forEach((what, media) -> {
                List<JsonNode> examples = examples(media);
                all.assertThat(examples).as(what).isNotEmpty();
                for (JsonNode example : examples) {
                    all.assertThat(contract.differences(media.path("schema"), example, "", Set.of()))
                            .as(what + " " + example)
                            .isEmpty();
                }
            });
        }
        all.assertAll();
    }

    @Test
    void everyExampleOfARequestIsAccepted() {
        for (Endpoint endpoint : contract.endpoints()) {
            JsonNode example = endpoint.operation().at("/requestBody/content/application~1json/example");
            if (endpoint.takesBody()) {
                Customer customer = Customer.create("form-" + UUID.randomUUID());
                Response answer = Example.send(
                        Example.ADMIN,
                        endpoint.method(),
                        Example.of(endpoint).path(customer),
                        example.toString().replace("acct_7", customer.accountId()));
                all.assertThat(answer.statusCode())
                        .as(endpoint.name() + " " + example + " " + answer.asString())
                        .isBetween(200, 299);
            }
        }
        all.assertAll();
    }

    /** Unknown fields are refused, and the contract says so. */
    @Test
    void requestsHaveNoFurtherFields() {
        Set<String> requests = new TreeSet<>();
        contract.endpoints().forEach(endpoint -> collect(endpoint.requestSchema(), requests));
        for (String name : requests) {
            JsonNode schema = contract.schemas().get(name);
            if (schema.has("properties")) {
                all.assertThat(schema.path("additionalProperties").asText())
                        .as(name)
                        .isEqualTo("false");
            }
        }
        all.assertThat(requests).contains("DebitRequest", "BulkDebitItem", "RatePriceRange", "ImportedAccount");
        all.assertAll();
    }

    private void collect(JsonNode schema, Set<String> names) {
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty() && names.add(reference.replaceFirst(".*/", ""))) {
            collect(contract.resolve(schema), names);
        }
        schema.forEach(part -> {
            if (part.isContainerNode()) {
                collect(part, names);
            }
        });
    }

    @Test
    void problemsListEveryCode() {
        List<String> codes = Stream.concat(
                        Stream.of(ProblemCode.values()).map(ProblemCode::id),
                        Stream.of(Refusal.Code.values()).map(Refusal.Code::id))
                .toList();
        assertThat(texts(contract.at("/components/schemas/Problem/properties/code/enum")))
                .containsExactlyInAnyOrderElementsOf(codes)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyStatusSaysWhichCodesItHas() {
        for (Endpoint endpoint : contract.endpoints()) {
            endpoint.operation().path("responses").fieldNames().forEachRemaining(status -> {
                JsonNode problem =
                        contract.response(endpoint, Integer.parseInt(status)).at("/content/application~1problem+json");
                for (JsonNode example : examples(problem)) {
                    String what = endpoint.name() + " " + status + " "
                            + example.path("code").asText();
                    all.assertThat(example.path("status").asText()).as(what).isEqualTo(status);
                    all.assertThat(contract.response(endpoint, Integer.parseInt(status))
                                    .path("description")
                                    .asText())
                            .as(what)
                            .contains("`" + example.path("code").asText() + "`");
                }
            });
            List<String> statuses = new ArrayList<>();
            endpoint.operation().path("responses").fieldNames().forEachRemaining(statuses::add);
            all.assertThat(statuses).as(endpoint.name()).contains("400", "401", "403", "500", "503");
        }
        all.assertAll();
    }

    private Map<String, JsonNode> bodies(Endpoint endpoint) {
        Map<String, JsonNode> bodies = new TreeMap<>();
        endpoint.operation()
                .at("/requestBody/content")
                .properties()
                .forEach(media -> bodies.put(endpoint.name() + " request " + media.getKey(), media.getValue()));
        endpoint.operation()
                .path("responses")
                .fieldNames()
                .forEachRemaining(status -> contract.response(endpoint, Integer.parseInt(status))
                        .path("content")
                        .properties()
                        .forEach(media ->
                                bodies.put(endpoint.name() + " " + status + " " + media.getKey(), media.getValue())));
        return bodies;
    }

    private List<JsonNode> examples(JsonNode media) {
        List<JsonNode> examples = new ArrayList<>();
        if (media.has("example")) {
            examples.add(media.get("example"));
        }
        media.path("examples")
                .forEach(example -> examples.add(contract.resolve(example).path("value")));
        return examples;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
