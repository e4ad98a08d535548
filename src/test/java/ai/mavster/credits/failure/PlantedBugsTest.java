package ai.mavster.credits.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs that the failure suite has to find can still be planted: {@code src/failure/planted/run} does it. */
class PlantedBugsTest {

    private static final Path DIRECTORY = Path.of("src", "failure", "planted");

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(patches()).hasSizeGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("patches")
    void itStillApplies(Path patch) throws Exception {
        Process git;
        try {
            git = new ProcessBuilder("git", "apply", "--check", "--verbose", patch.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "git is not installed");
            return;
        }
        String printed = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(printed).isZero();
    }
}
