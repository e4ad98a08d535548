package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docker/ says about the service is true of it. */
class CompositionTest {

    private static final Path DOCKER = Path.of("docker");

    /** Of the scripts for renewals, not of the service. */
    private static final Set<String> OTHERS =
            Set.of("CREDITS_URL", "CREDITS_RENEWALS_KEY", "CREDITS_RENEWALS_KEY_FILE");

    private static JsonNode composition() throws IOException {
        return new YAMLMapper().readTree(DOCKER.resolve("compose.yaml").toFile());
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everySettingIsOneThatTheReadmeExplains() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(DOCKER)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(".env"))
                    .toList();
        }
        Set<String> named = new TreeSet<>();
        for (Path file : files) {
            named.addAll(found("\\b(CREDITS_[A-Z_]+)", Files.readString(file)));
        }
        named.removeAll(OTHERS);
        assertThat(named)
                .contains("CREDITS_DB_URL", "CREDITS_SHUTDOWN_DELAY")
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void everythingIsConfinedAndLimited() throws IOException {
        List<String> names = new ArrayList<>();
        composition().path("services").properties().forEach(service -> {
            names.add(service.getKey());
            assertThat(service.getValue().path("<<").asText())
                    .as(service.getKey())
                    .isIn("confined", "service");
            assertThat(service.getValue().at("/deploy/resources/limits/memory").isTextual())
                    .as(service.getKey() + " has a limit")
                    .isTrue();
        });
        assertThat(names).contains("credits", "postgres", "proxy");
        JsonNode confined = composition().path("x-confined");
        assertThat(confined.path("read_only").asBoolean()).isTrue();
        assertThat(confined.path("cap_drop").get(0).asText()).isEqualTo("ALL");
        assertThat(confined.path("security_opt").get(0).asText()).isEqualTo("no-new-privileges:true");
    }

    @Test
    void whatMustBeSetIsInTheExample() throws IOException {
        Set<String> asked = found("\\$\\{([A-Z_]+):\\?", Files.readString(DOCKER.resolve("compose.yaml")));
        Set<String> made = found("(?m)^([A-Z_]+)=$", Files.readString(DOCKER.resolve(".env.example")));
        assertThat(asked).isNotEmpty().isEqualTo(made);
    }

    /** Only the migration has the owner's password. */
    @Test
    void theReplicasCannotBecomeTheOwner() throws IOException {
        JsonNode services = composition().path("services");
        assertThat(services.at("/migrate/environment/CREDITS_DB_OWNER_PASSWORD").isTextual())
                .isTrue();
        assertThat(services.at("/credits/environment").toString()).doesNotContain("OWNER");
        assertThat(services.at("/credits/environment/CREDITS_DB_MIGRATE").asText())
                .isEqualTo("false");
        JsonNode pod = new YAMLMapper()
                .readTree(
                        DOCKER.resolve("kubernetes").resolve("deployment.yaml").toFile())
                .at("/spec/template/spec");
        assertThat(pod.at("/initContainers/0/env").toString()).contains("CREDITS_DB_OWNER_PASSWORD");
        assertThat(pod.at("/containers/0/env").toString()).doesNotContain("OWNER");
    }

    /** Two replicas, and two more while an upgrade replaces them. */
    @Test
    void theDatabaseHasConnectionsForAllReplicas() throws IOException {
        Properties settings = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(reader);
        }
        int ofProcess = 1
                + settings.stringPropertyNames().stream()
                        .filter(name -> name.matches("quarkus\\.datasource\\.([a-z]+\\.)?jdbc\\.max-size"))
                        .mapToInt(name -> Integer.parseInt(settings.getProperty(name)))
                        .sum();
        MatchResult most = Pattern.compile("max_connections=(\\d+)")
                .matcher(composition().at("/services/postgres/command").asText())
                .results()
                .findFirst()
                .orElseThrow();
        int replicas = composition().at("/services/credits/deploy/replicas").asInt();

        assertThat(ofProcess).isEqualTo(34);
        assertThat(replicas).isEqualTo(2);
        assertThat(Integer.parseInt(most.group(1))).isGreaterThanOrEqualTo(2 * replicas * ofProcess + 10);
    }
}
