package ai.mavster.credits.embedded;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's own programs, as root through a user namespace since PostgreSQL refuses to run as root. */
final class PostgresTools {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final Path home;
    private final Path output;
    private final boolean root;

    private PostgresTools(Path home, Path output, boolean root) {
        this.home = home;
        this.output = output;
        this.root = root;
    }

    /**
     * @param home where {@code bin} is
     * @param output the file that takes what a program prints
     */
    static PostgresTools of(Path home, Path output) throws IOException, StartFailure {
        Files.deleteIfExists(output);
        Files.createFile(output);
        // The owner of a file just made is who this process runs as.
        boolean root = !WINDOWS && Integer.valueOf(0).equals(Files.getAttribute(output, "unix:uid"));
        PostgresTools tools = new PostgresTools(home, output, root);
        if (root && tools.execute(List.of("unshare", "-U", "true"), List.of()) != 0) {
            throw new StartFailure(
                    "PostgreSQL refuses to run as root, and this system grants no user namespace to run it otherwise"
                            + " (unshare -U failed). Start the service as another user, or set CREDITS_DB_URL.");
        }
        return tools;
    }

    /** The program's exit code; what it printed is in the output file. */
    int run(String program, List<String> arguments) throws IOException {
        return run(program, arguments, List.of());
    }

    /** The same for a program that reads the lines of its input. */
    int run(String program, List<String> arguments, List<String> input) throws IOException {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return execute(command, input);
    }

    private int execute(List<String> command, List<String> input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()); // no pipe: the server would inherit it and keep it open
        // Settings of a client or server elsewhere on this machine are not meant for this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        try {
            Process process = builder.start();
            try (Writer writer = process.outputWriter()) {
                for (String line : input) {
                    writer.write(line + "\n");
                }
            }
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within five minutes");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The end of what the last program printed. */
    String printed() throws IOException {
        return end(output);
    }

    /** The last lines of a file. */
    static String end(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = new String(Files.readAllBytes(file), Charset.defaultCharset())
                .strip()
                .lines()
                .toList();
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
