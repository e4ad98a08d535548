package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.ServiceProcess;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README's tour and the pages beside it, executed as printed against a demo: each answer has what is shown of it.
 */
class ReadmeTourIT {

    private static final String DEMO_KEY = "demo-admin-key-not-for-production";
    private static final String END_OF_ANSWER = "---- end of answer ----";
    private static final Pattern BLOCK = Pattern.compile("```(sh|json)\\n(.*?)```", Pattern.DOTALL);

    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void theTourGoesAsTheReadmeShowsIt() throws Exception {
        Tools.need(Tools.isInstalled("curl") && Tools.isInstalled("bash"), "the README's tour needs curl and bash");
        List<MatchResult> blocks = blocks();
        List<String> shown = new ArrayList<>();
        StringBuilder script = new StringBuilder("set -eu\n");
        for (MatchResult block : blocks) {
            if (block.group(1).equals("sh")) {
                script.append(block.group(2));
            } else {
                script.append("\necho; echo '" + END_OF_ANSWER + "'\n");
                shown.add(block.group(2));
            }
        }
        Map<String, String> demo = Map.of("JAVA_TOOL_OPTIONS", "-Dcredits.demo=true", "CREDITS_ADMIN_KEY", "");
        try (ServiceProcess service = ServiceProcess.start(demo)) {
            String[] answers = run(script.toString()
                            .replace("http://localhost:8080", service.url().toString()))
                    .split(END_OF_ANSWER + "\n");
            assertThat(answers).hasSameSizeAs(shown).hasSizeGreaterThan(10);
            for (int i = 0; i < answers.length; i++) {
                assertHas(mapper.readTree(shown.get(i)), mapper.readTree(answers[i]), answers[i]);
            }
            assertThat(service.log()).contains(DEMO_KEY);
            DemoRoot root = new DemoRoot(service.url());
            root.leadsToItsAccounts();
            root.opensNothingForAnotherSite();
        }
    }

    /** The README first, since the pages go on from there. */
    private static List<MatchResult> blocks() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        StringBuilder tour =
                new StringBuilder(readme.substring(readme.indexOf("## A tour"), readme.indexOf("## Layout")));
        try (Stream<Path> pages = Files.list(Path.of("src", "docs"))) {
            for (Path page : pages.filter(Files::isRegularFile).sorted().toList()) {
                tour.append(Files.readString(page));
            }
        }
        return BLOCK.matcher(tour).results().toList();
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(bash.exitValue()).as(output).isZero();
        return output;
    }

    /** What the README leaves out may be anything. */
    private static void assertHas(JsonNode shown, JsonNode answer, String whole) {
        if (shown.isObject()) {
            assertThat(answer.isObject()).as(whole).isTrue();
            shown.properties().forEach(field -> {
                assertThat(answer.has(field.getKey()))
                        .as("%s in %s", field.getKey(), whole)
                        .isTrue();
                assertHas(field.getValue(), answer.get(field.getKey()), whole);
            });
        } else if (shown.isArray()) {
            assertThat(answer.size()).as(whole).isEqualTo(shown.size());
            for (int i = 0; i < shown.size(); i++) {
                assertHas(shown.get(i), answer.get(i), whole);
            }
        } else if (shown.isNumber()) {
            assertThat(answer.decimalValue()).as(whole).isEqualByComparingTo(shown.decimalValue());
        } else {
            assertThat(answer).as(whole).isEqualTo(shown);
        }
    }
}
