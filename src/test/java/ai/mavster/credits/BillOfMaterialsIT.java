package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the service is made of is listed, all of it, and may be used and passed on under terms that are known. */
class BillOfMaterialsIT {

    private static final Path BOM = Path.of("target", "bom.json");
    private static final Path LIBRARIES = Path.of("target", "quarkus-app", "lib");

    /**
     * Licences that ask for no more than a notice, or for the sources of the library itself. Where a library offers
     * several one of them has to be here.
     */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "0BSD",
            "CC0-1.0",
            "Public Domain",
            "EPL-2.0",
            "GPL-2.0-with-classpath-exception");

    private static JsonNode bom;

    @BeforeAll
    static void read() throws IOException {
        Tools.need(Files.exists(BOM), "the bill of materials needs -Pbom, which asks for the network");
        bom = new ObjectMapper().readTree(Files.readString(BOM));
    }

    private static Stream<JsonNode> components() {
        List<JsonNode> components = new ArrayList<>();
        bom.get("components").forEach(components::add);
        return components.stream();
    }

    private static String name(JsonNode component) {
        return component.get("group").asText() + "." + component.get("name").asText() + "-"
                + component.get("version").asText();
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        component.path("licenses").forEach(one -> {
            JsonNode licence = one.path("license");
            licences.add(
                    licence.isMissingNode()
                            ? one.path("expression").asText()
                            : licence.path("id").asText(licence.path("name").asText()));
        });
        return licences;
    }

    @Test
    void allIsUnderLicencesThatAreKnown() {
        assertThat(components().filter(component -> licences(component).stream().noneMatch(ALLOWED::contains)))
                .as("to be looked at, and allowed here or left out")
                .extracting(component -> name(component) + " " + licences(component))
                .isEmpty();
    }

    @Test
    void whatIsDeliveredIsListed() throws IOException {
        Set<String> listed =
                new TreeSet<>(components().map(BillOfMaterialsIT::name).toList());
        List<String> delivered;
        try (Stream<Path> files = Files.walk(LIBRARIES)) {
            delivered = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jar"))
                    .map(file -> file.substring(0, file.length() - ".jar".length()))
                    .toList();
        }

        assertThat(delivered).hasSizeGreaterThan(100);
        assertThat(delivered.stream()
                        .filter(file ->
                                listed.stream().noneMatch(name -> file.equals(name) || file.startsWith(name + "-"))))
                .as("delivered, and not listed")
                .isEmpty();
        assertThat(listed).noneMatch(name -> name.startsWith("org.junit") || name.startsWith("org.assertj"));
    }
}
