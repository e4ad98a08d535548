package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events are as the contract declares them: each type there is, what is written of it, and its example. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DeclaredEventsTest {

    private ServedContract contract;

    @BeforeEach
    void read() {
        contract = ServedContract.read();
    }

    /** Whatever a feature announces is called after its type, and declared. */
    @Test
    void everyTypeThatIsAnnouncedIsDeclared() {
        Set<String> announced = new ClassFileImporter()
                .importPath(Path.of("target", "classes")).stream()
                        .filter(type -> type.isAssignableTo(Announcement.class) && !type.isInterface())
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = new TreeSet<>();
        contract.at("/webhooks").fieldNames().forEachRemaining(type -> declared.add(nameOf(type)));
        assertThat(declared).isEqualTo(announced).isNotEmpty();
        assertThat(Arrays.stream(EventType.values()).map(type -> nameOf(type.id())))
                .containsAll(announced);
    }

    private static String nameOf(String type) {
        return Arrays.stream(type.split("[._]", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    @Test
    void examplesAreAsDeclared() {
        SoftAssertions all = new SoftAssertions();
        contract.at("/webhooks").properties().forEach(webhook -> {
            JsonNode media = webhook.getValue().at("/post/requestBody/content/application~1json");
            all.assertThat(contract.differences(media.path("schema"), media.path("example"), "", Set.of()))
                    .as(webhook.getKey())
                    .isEmpty();
            all.assertThat(media.at("/example/type").asText()).isEqualTo(webhook.getKey());
            all.assertThat(media.at("/example/data").size())
                    .as(webhook.getKey())
                    .isGreaterThan(2);
            all.assertThat(webhook.getValue().at("/post/summary").asText())
                    .as(webhook.getKey())
                    .isNotEmpty();
        });
        all.assertAll();
    }

    @Test
    void whatIsWrittenIsAsDeclared() {
        Customer customer = Customer.onTestClock("2026-11-21T18:39:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        Customer.put(customer.path("/alert-settings"), "{'debit_above': 100}").is(200);
        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 110}")
                .is(201);
        customer.debit("101", ", 'project_id': 'p'").is(201);
        customer.debit("10", ", 'project_id': 'p'").is(402);
        customer.debit("2900").is(402);
        customer.debit("2899").is(201);
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'estimate': 5}")
                .is(402);
        customer.topUp("9000").is(201);
        customer.grant("1", "").is(201);
        Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 1, 'amount': {'value': 1.5, 'currency': 'EUR'}}")
                .is(201);
        customer.advance("2026-12-21T18:39:00Z").is(200);
        customer.subscribe("{'plan': 'pro', 'cancel_at_period_end': true}").is(200);
        Customer.put(
                        customer.path("/auto-recharge"),
                        "{'enabled': true, 'threshold': 1000000, 'credits_to_add': 10, 'limit_per_period': 10}")
                .is(200);
        customer.debit("1").is(201);
        customer.close("").is(200);

        SoftAssertions all = new SoftAssertions();
        Set<String> types = new TreeSet<>();
        JsonNode events =
                Customer.get(customer.path("/events?limit=1000")).is(200).json().path("data");
        for (JsonNode event : events) {
            String type = event.path("type").asText();
            types.add(type);
            JsonNode schema = contract.schemas().path(nameOf(type) + "Event");
            all.assertThat(contract.differences(schema, event, "", Set.of()))
                    .as(type)
                    .isEmpty();
            schema.path("properties")
                    .fieldNames()
                    .forEachRemaining(field -> all.assertThat(event.has(field))
                            .as(type + " " + field)
                            .isTrue());
        }
        all.assertAll();
        assertThat(types)
                .contains(
                        "budget.exceeded",
                        "budget.threshold_reached",
                        "credits.exhausted",
                        "credits.threshold_reached",
                        "debit.above_threshold",
                        "grant.posted",
                        "grant.skipped",
                        "recharge.failed",
                        "run.hard_failure",
                        "subscription.updated",
                        "top_up.posted");
    }
}
