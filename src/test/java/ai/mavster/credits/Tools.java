package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs beyond a JDK that a few tests need, and how such a program is run. */
public final class Tools {

    private Tools() {}

    /**
     * Ends a test for which something is not there: it is skipped, and the reason printed; or it fails, where
     * {@code -Dtools.required=true} says that nothing may be skipped.
     */
    public static void need(boolean there, String otherwise) {
        if (!there && Boolean.getBoolean("tools.required")) {
            throw new AssertionError(otherwise);
        }
        if (!there) {
            System.out.println("Skipped: " + otherwise);
            abort(otherwise);
        }
    }

    public static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /**
     * Runs a program to its end, which has to be a good one; what it prints goes to a file.
     *
     * @return what it has printed, on either stream
     */
    public static String run(Path output, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                assertThat(process.waitFor(15, TimeUnit.MINUTES))
                        .as("%s has ended", command)
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            String printed = Files.readString(output);
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
