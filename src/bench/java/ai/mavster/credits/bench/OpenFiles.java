package ai.mavster.credits.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files a process may have open; a connection is one. */
final class OpenFiles {

    private static final Pattern HARD_LIMIT = Pattern.compile("^Max open files +\\w+ +(\\d{1,9}) ");

    /** Files that the processes have open besides. */
    private static final int OTHERS = 1_000;

    private OpenFiles() {}

    /**
     * Connections that this process and its children may have; the Java machine raises its own limit to the hard one.
     */
    static int most() throws IOException {
        Path limits = Path.of("/proc/self/limits");
        if (!Files.exists(limits)) {
            return Integer.MAX_VALUE;
        }
        return Files.readAllLines(limits).stream()
                .map(HARD_LIMIT::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)) - OTHERS)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
