package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What is answered has exactly the fields, and the types, that the contract declares. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AnswersMatchContractTest {

    /** The names of answers with fields beyond those declared. */
    private static final Set<String> OPEN = Set.of();

    private static final String SUBSCRIPTION = "GET /v1/accounts/{account_id}/subscription";

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void goodAnswersAreAsDeclared() {
        ServedContract contract = ServedContract.read();
        Customer customer = Customer.create("answers-" + UUID.randomUUID());
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : contract.endpoints()) {
            Response answer = Example.of(endpoint).send(Example.ADMIN, customer);
            all.assertThat(answer.statusCode()).as(endpoint.name()).isBetween(200, 299);
            all.assertThat(differences(contract, endpoint, answer))
                    .as(endpoint.name())
                    .isEmpty();
        }
        all.assertAll();
    }

    /** As bare as an account can be: what may be null is, and what is not there at all is said so. */
    @Test
    void answersAboutNothingAreAsDeclared() {
        ServedContract contract = ServedContract.read();
        String id = "answers-" + UUID.randomUUID();
        Example.send(Example.ADMIN, "PUT", "/v1/accounts/" + id, "{}").then().statusCode(201);
        Customer bare = new Customer(id, "debit_" + UUID.randomUUID());
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : contract.endpoints()) {
            boolean reads = endpoint.method().equals("GET") || endpoint.path().equals("/v1/preflights");
            if (reads) {
                Response answer = Example.of(endpoint).send(Example.ADMIN, bare);
                all.assertThat(answer.statusCode())
                        .as(endpoint.name())
                        .isEqualTo(endpoint.name().equals(SUBSCRIPTION) ? 404 : 200);
                all.assertThat(differences(contract, endpoint, answer))
                        .as(endpoint.name())
                        .isEmpty();
            }
        }
        all.assertAll();
    }

    @Test
    void problemsAreAsDeclared() {
        ServedContract contract = ServedContract.read();
        Customer nobody = new Customer("nobody-" + UUID.randomUUID(), "debit_" + UUID.randomUUID());
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : contract.endpoints()) {
            Example example = Example.of(endpoint);
            List<Response> answers = new ArrayList<>();
            answers.add(example.send("", nobody));
            if (endpoint.takesBody()) {
                answers.add(Example.send(Example.ADMIN, endpoint.method(), example.path(nobody), "{'unknown': 1}"));
            }
            if (example.about() == Example.About.ACCOUNT_IN_PATH
                    && !endpoint.name().startsWith("PUT /v1/accounts/{account_id}")) {
                answers.add(example.send(Example.ADMIN, nobody));
            }
            for (Response answer : answers) {
                all.assertThat(answer.statusCode()).as(endpoint.name()).isBetween(400, 499);
                all.assertThat(differences(contract, endpoint, answer))
                        .as(endpoint.name())
                        .isEmpty();
            }
        }
        all.assertAll();
    }

    @Test
    void theCheckSeesAWrongAnswer() throws IOException {
        ServedContract contract = ServedContract.read();
        Endpoint balance = contract.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals("GET /v1/accounts/{account_id}/balance"))
                .findFirst()
                .orElseThrow();
        JsonNode schema = contract.answerSchema(balance, 200, "application/json");
        Customer customer = Customer.create("answers-" + UUID.randomUUID());
        ObjectNode right = (ObjectNode)
                json.readTree(Example.of(balance).send(Example.ADMIN, customer).asByteArray());

        assertThat(contract.differences(schema, right, "", OPEN)).isEmpty();
        assertThat(contract.differences(schema, right.deepCopy().put("more", 1), "", OPEN))
                .hasSize(1);
        assertThat(contract.differences(schema, right.deepCopy().putNull("held"), "", OPEN))
                .hasSize(1);
        assertThat(contract.differences(schema, right.deepCopy().put("held", "0"), "", OPEN))
                .hasSize(1);
        assertThat(contract.differences(schema, right.deepCopy().put("blocked_by", "mood"), "", OPEN))
                .hasSize(1);
        assertThat(contract.differences(schema, right.deepCopy().without("held"), "", OPEN))
                .hasSize(1);
    }

    @Test
    void anotherMethodIsToldWhichThereAre() {
        ServedContract contract = ServedContract.read();
        Customer nobody = new Customer("nobody", "debit_" + UUID.randomUUID());
        SoftAssertions all = new SoftAssertions();
        for (String path :
                new TreeSet<>(contract.endpoints().stream().map(Endpoint::path).toList())) {
            Set<String> methods = new TreeSet<>();
            contract.endpoints().stream()
                    .filter(endpoint -> endpoint.path().equals(path))
                    .forEach(endpoint -> methods.add(endpoint.method()));
            Endpoint any = contract.endpoints().stream()
                    .filter(endpoint -> endpoint.path().equals(path))
                    .findFirst()
                    .orElseThrow();
            Response answer = Example.request(Example.ADMIN)
                    .request("PATCH", Example.of(any).path(nobody));
            all.assertThat(answer.statusCode()).as(path).isEqualTo(405);
            all.assertThat(answer.contentType()).as(path).isEqualTo("application/problem+json");
            methods.add("OPTIONS");
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            all.assertThat(methods(answer)).as(path).isEqualTo(methods);
            Response options =
                    Example.request("").request("OPTIONS", Example.of(any).path(nobody));
            all.assertThat(options.statusCode()).as("OPTIONS " + path).isEqualTo(204);
            all.assertThat(methods(options)).as("OPTIONS " + path).isEqualTo(methods);
        }
        all.assertAll();
    }

    private static Set<String> methods(Response answer) {
        return new TreeSet<>(List.of(String.valueOf(answer.header("Allow")).split(", *", -1)));
    }

    /** What answers GET answers HEAD, without the body. */
    @Test
    void headIsAnsweredWhereGetIs() {
        Customer customer = Customer.create("answers-" + UUID.randomUUID());
        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : ServedContract.read().endpoints()) {
            if (endpoint.method().equals("GET")) {
                Response answer = Example.request(Example.ADMIN)
                        .request("HEAD", Example.of(endpoint).path(customer));
                all.assertThat(answer.statusCode()).as(endpoint.name()).isEqualTo(200);
                all.assertThat(answer.asByteArray()).as(endpoint.name()).isEmpty();
            }
        }
        all.assertAll();
    }

    @Test
    void optionsOfNothingAreNotFound() {
        assertThat(Example.request("").request("OPTIONS", "/v1/nothing").statusCode())
                .isEqualTo(404);
    }

    private List<String> differences(ServedContract contract, Endpoint endpoint, Response answer) {
        if (answer.statusCode() == 204) {
            return answer.asByteArray().length == 0 ? List.of() : List.of("a body, where there is none");
        }
        try {
            String mediaType = answer.contentType().replaceFirst(";.*", "");
            JsonNode schema = contract.answerSchema(endpoint, answer.statusCode(), mediaType);
            JsonNode value = json.readTree(answer.asByteArray());
            List<String> differences = contract.differences(schema, value, "", OPEN);
            JsonNode declared = contract.resolve(schema).path("properties");
            declared.properties().forEach(field -> {
                if (!value.has(field.getKey()) && !mediaType.startsWith("application/problem")) {
                    differences.add(field.getKey() + " is declared, but not there");
                }
            });
            return differences;
        } catch (IOException e) {
            return List.of(answer.asString());
        }
    }
}
