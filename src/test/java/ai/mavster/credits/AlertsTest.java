package ai.mavster.credits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alert rules that are shipped ask for metrics that there are, and the pages beside them know both. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AlertsTest {

    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.*)$");
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+_[a-z_]+\\b");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");

    @Test
    void rulesAskForMetricsThatThereAre() throws IOException {
        String rules = Files.readString(Path.of("docker", "prometheus", "alerts.yml"));
        Set<String> asked = new TreeSet<>();
        EXPRESSION
                .matcher(rules)
                .results()
                .forEach(expression ->
                        METRIC.matcher(expression.group(1)).results().forEach(metric -> asked.add(metric.group())));
        String scraped =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        String metrics = Files.readString(Path.of("src", "docs", "metrics.md"));

        assertThat(asked).contains("ledger_proof_failed", "ledger_proof_oldest_seconds");
        for (String metric : asked) {
            assertThat(scraped).containsPattern("(?m)^" + metric + "[{ ]");
            assertThat(metrics).contains("`" + metric + "`");
        }
    }

    @Test
    void eachAlertIsExplained() throws IOException {
        String rules = Files.readString(Path.of("docker", "prometheus", "alerts.yml"));
        String page = Files.readString(Path.of("src", "docs", "proof.md"));

        assertThat(ALERT.matcher(rules).results().map(alert -> alert.group(1)))
                .hasSameSizeAs(EXPRESSION.matcher(rules).results().toList())
                .allSatisfy(alert -> assertThat(page).contains("**" + alert + "**"));
    }
}
