package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the composition's Prometheus and Grafana are given fits together. */
class MonitoringTest {

    private static final Path DOCKER = Path.of("docker");

    private static JsonNode yaml(String... path) throws IOException {
        return new YAMLMapper().readTree(DOCKER.resolve(String.join("/", path)).toFile());
    }

    private static JsonNode service(String name) throws IOException {
        return yaml("compose.yaml").path("services").path(name);
    }

    /** Where a file or folder of ours is in a service; each is there. */
    private static List<String> mounts(String service) throws IOException {
        List<String> inside = new ArrayList<>();
        for (JsonNode volume : service(service).path("volumes")) {
            String[] parts = volume.asText().split(":", -1);
            if (parts[0].startsWith("./")) {
                assertThat(DOCKER.resolve(parts[0])).exists();
                inside.add(parts[1]);
            }
        }
        return inside;
    }

    @Test
    void prometheusScrapesTheServiceAndKnowsItsAlerts() throws IOException {
        JsonNode settings = yaml("prometheus", "prometheus.yml");
        JsonNode job = settings.path("scrape_configs").get(0);
        JsonNode replicas = job.path("dns_sd_configs").get(0);
        JsonNode service = service(replicas.path("names").get(0).asText());

        assertThat(mounts("prometheus")).contains("/etc/prometheus");
        assertThat(DOCKER.resolve("prometheus")
                        .resolve(settings.path("rule_files").get(0).asText()))
                .exists();
        assertThat(job.path("metrics_path").asText()).isEqualTo("/q/metrics");
        assertThat(replicas.path("port").asInt())
                .isEqualTo(service.path("environment")
                        .path("CREDITS_MANAGEMENT_PORT")
                        .asInt());
    }

    @Test
    void grafanaIsGivenTheDashboardAndWhomToAsk() throws IOException {
        JsonNode provider = yaml("grafana", "provisioning", "dashboards", "mavster-credits.yaml")
                .path("providers")
                .get(0);
        JsonNode source = yaml("grafana", "provisioning", "datasources", "prometheus.yaml")
                .path("datasources")
                .get(0);

        assertThat(mounts("grafana"))
                .containsExactly(
                        "/etc/grafana/provisioning",
                        provider.path("options").path("path").asText() + "/mavster-credits.json");
        assertThat(service(URI.create(source.path("url").asText()).getHost()).isMissingNode())
                .isFalse();
        assertThat(source.path("type").asText()).isEqualTo("prometheus");
    }
}
