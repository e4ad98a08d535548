package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The dashboard for Grafana asks for metrics that there are, and is of the form that Grafana takes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DashboardTest {

    private static final Path FILE = Path.of("docker", "grafana", "mavster-credits.json");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
    private static final int COLUMNS = 24;

    /** Of Grafana's units those that are used here. */
    private static final Set<String> UNITS =
            Set.of("short", "s", "ops", "reqps", "percent", "percentunit", "bytes", "none");

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(FILE.toFile());
    }

    private static List<JsonNode> panels(String... types) throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : dashboard().path("panels")) {
            if (List.of(types).contains(panel.path("type").asText())) {
                panels.add(panel);
            }
        }
        return panels;
    }

    @Test
    void panelsAskForWhatThereIs() throws IOException {
        ExposedMetrics exposed = ExposedMetrics.now();
        String page = Files.readString(Path.of("src", "docs", "metrics.md"));
        SoftAssertions all = new SoftAssertions();
        for (JsonNode panel : panels("timeseries", "stat")) {
            for (JsonNode target : panel.path("targets")) {
                PromQuery query = PromQuery.parse(target.path("expr").asText());
                String what = panel.path("title").asText() + ": "
                        + target.path("expr").asText();
                all.assertThat(query.selectors()).as(what).isNotEmpty();
                all.assertThat(exposed.unknownOf(query)).as(what).isEmpty();
                all.assertThat(query.selectors())
                        .as(what)
                        .allSatisfy(selector ->
                                assertThat(page).containsPattern(ExposedMetrics.onThePage(selector.metric())));
                String legend = target.path("legendFormat").asText();
                all.assertThat(Pattern.compile("\\{\\{(\\w+)}}")
                                .matcher(legend)
                                .results()
                                .map(label -> label.group(1)))
                        .as(what)
                        .allMatch(label -> query.selectors().stream()
                                .anyMatch(selector -> exposed.hasLabel(selector.metric(), label)));
            }
        }
        all.assertAll();
    }

    @Test
    void choicesAreOfWhatThereIs() throws IOException {
        ExposedMetrics exposed = ExposedMetrics.now();
        for (JsonNode variable : dashboard().path("templating").path("list")) {
            if (variable.path("type").asText().equals("query")) {
                Matcher query = LABEL_VALUES.matcher(
                        variable.path("query").path("query").asText());
                assertThat(query.matches()).isTrue();
                PromQuery of = PromQuery.parse(query.group(1));
                assertThat(exposed.unknownOf(of)).isEmpty();
                assertThat(exposed.hasLabel(of.selectors().get(0).metric(), query.group(2)))
                        .isTrue();
            }
        }
    }

    @Test
    void onlyChoicesThatThereAreAreNamed() throws IOException {
        Set<String> names = new HashSet<>(Set.of("__rate_interval", "__all"));
        dashboard()
                .path("templating")
                .path("list")
                .forEach(variable -> names.add(variable.path("name").asText()));

        assertThat(VARIABLE.matcher(Files.readString(FILE)).results().map((MatchResult one) -> one.group(1)))
                .isSubsetOf(names)
                .contains("datasource", "job", "instance", "__rate_interval");
    }

    @Test
    void itIsOfTheFormThatGrafanaTakes() throws IOException {
        JsonNode dashboard = dashboard();
        assertThat(dashboard.path("uid").asText()).isEqualTo("mavster-credits");
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(dashboard.path("id").isMissingNode()).isTrue();
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : panels("row", "timeseries", "stat")) {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt())
                    .as(title)
                    .isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = (place.path("x").asInt() + x) + " "
                            + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell)).as(title + " at " + cell).isTrue();
                }
            }
        }
        assertThat(ids).hasSize(dashboard.path("panels").size());
        for (JsonNode panel : panels("timeseries", "stat")) {
            String title = panel.path("title").asText();
            assertThat(panel.path("description").asText()).as(title).isNotBlank();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .as(title)
                    .isIn(UNITS);
            assertThat(panel.path("datasource").path("uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(panel.path("targets"))
                    .as(title)
                    .isNotEmpty()
                    .allSatisfy(target -> assertThat(
                                    target.path("datasource").path("type").asText())
                            .isEqualTo("prometheus"));
            assertThat(panel.path("targets").findValuesAsText("refId"))
                    .as(title)
                    .doesNotHaveDuplicates();
        }
    }
}
