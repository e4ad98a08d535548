package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The alert rules that are shipped ask for metrics that there are, and the pages beside them know both. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AlertsTest {

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        JsonNode file = new YAMLMapper()
                .readTree(Path.of("docker", "prometheus", "alerts.yml").toFile());
        file.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("src", "docs", name));
    }

    @Test
    void rulesAskForWhatThereIs() throws IOException {
        ExposedMetrics exposed = ExposedMetrics.now();
        SoftAssertions all = new SoftAssertions();
        for (JsonNode rule : rules()) {
            PromQuery query = PromQuery.parse(rule.path("expr").asText());
            all.assertThat(query.selectors()).as(rule.toString()).isNotEmpty();
            all.assertThat(exposed.unknownOf(query)).as(rule.toString()).isEmpty();
        }
        all.assertAll();
        assertThat(rules()).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void eachIsCompleteAndExplained() throws IOException {
        String pages = page("proof.md") + page("operations.md");

        assertThat(rules()).allSatisfy(rule -> {
            assertThat(pages).contains("**" + rule.path("alert").asText() + "**");
            assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(rule.path("for").asText("1m")).matches("\\d+[mh]");
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
        });
        assertThat(rules()).extracting(rule -> rule.path("alert").asText()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsOursIsOnThePageOfMetrics() throws IOException {
        String metrics = page("metrics.md");
        for (JsonNode rule : rules()) {
            for (PromQuery.Selector selector :
                    PromQuery.parse(rule.path("expr").asText()).selectors()) {
                assertThat(metrics).containsPattern(ExposedMetrics.onThePage(selector.metric()));
            }
        }
    }
}
