package ai.mavster.credits.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * {@code import FILE [--dry-run]}: sends a file of accounts to a running service. All of it is checked before anything
 * is written; then it goes over in batches. Whatever stops it in the middle, it can be run again.
 *
 * <p>Environment: {@code CREDITS_URL} (http://localhost:8080), {@code CREDITS_ADMIN_KEY}. Exit codes: 0; 1 when lines
 * were refused; 2 when it could not do its work.
 */
public final class ImportCommand {

    private static final String USAGE =
            "Usage: import FILE.csv|FILE.ndjson [--dry-run], with CREDITS_URL and CREDITS_ADMIN_KEY in the environment";
    private static final int BATCH = 500;
    private static final int TRIES = 6;
    private static final int FAULTS_SHOWN = 100;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI endpoint;
    private final String key;
    private final PrintStream out;

    private ImportCommand(URI endpoint, String key, PrintStream out) {
        this.endpoint = endpoint;
        this.key = key;
        this.out = out;
    }

    /** Whether the service's arguments ask for this command instead. */
    public static boolean isAskedFor(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("import");
    }

    public static int run(Map<String, String> environment, PrintStream out, String... arguments) {
        List<String> files = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        boolean dryRun = files.remove("--dry-run");
        String key = environment.getOrDefault("CREDITS_ADMIN_KEY", "");
        if (files.size() != 1 || key.isEmpty() || !Files.isReadable(Path.of(files.get(0)))) {
            out.println(
                    files.size() == 1 && !key.isEmpty() ? "There is no file to read at " + files.get(0) + "." : USAGE);
            return 2;
        }
        URI endpoint = URI.create(environment.getOrDefault("CREDITS_URL", "http://localhost:8080") + "/v1/imports");
        try {
            return new ImportCommand(endpoint, key, out).bringOver(new ImportFile(Path.of(files.get(0))), dryRun);
        } catch (IOException | UncheckedIOException | ImportFile.Unreadable e) {
            out.println("Stopped: " + e.getMessage() + ". What was written stays; it can be run again.");
            return 2;
        }
    }

    private int bringOver(ImportFile file, boolean dryRun) throws IOException, ImportFile.Unreadable {
        Pass check = new Pass(true, 0);
        file.read(check);
        check.finish();
        out.printf(
                "Checked %d lines: %d to bring over, %d there already, %d refused%n",
                check.lines, check.imported, check.unchanged, check.refused);
        if (check.refused > 0) {
            out.println("Nothing was written: correct these lines first.");
            return 1;
        }
        if (dryRun) {
            return 0;
        }
        Pass writing = new Pass(false, check.lines);
        file.read(writing);
        writing.finish();
        out.printf(
                "Done: %d brought over, %d there already, %d refused%n",
                writing.imported, writing.unchanged, writing.refused);
        return writing.refused > 0 ? 1 : 0;
    }

    /** Once through the file. */
    private final class Pass implements java.util.function.Consumer<ImportFile.Line> {

        private final boolean dryRun;
        private final long of;
        private final List<ImportFile.Line> batch = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private long lines;
        private long imported;
        private long unchanged;
        private long refused;

        Pass(boolean dryRun, long of) {
            this.dryRun = dryRun;
            this.of = of;
        }

        @Override
        public void accept(ImportFile.Line line) {
            lines++;
            if (line.account() == null) {
                refuse(line, line.fault());
            } else if (!seen.add(line.account().path("account_id").asText())) {
                refuse(line, "account_id: comes twice in this file");
            } else {
                batch.add(line);
            }
            if (batch.size() == BATCH) {
                send();
            }
        }

        void finish() {
            if (!batch.isEmpty()) {
                send();
            }
        }

        private void refuse(ImportFile.Line line, @Nullable String fault) {
            if (++refused <= FAULTS_SHOWN) {
                out.printf("line %d: %s%n", line.number(), fault);
            }
        }

        private void send() {
            JsonNode report = post(request());
            imported += report.path("imported").asLong();
            unchanged += report.path("unchanged").asLong();
            for (int i = 0; i < batch.size(); i++) {
                JsonNode result = report.path("results").path(i);
                if (result.path("outcome").asText().equals("refused")) {
                    refuse(batch.get(i), fault(result.path("problem")));
                }
            }
            batch.clear();
            out.println(dryRun ? "checked " + lines : "written " + lines + " of " + of);
        }

        private ObjectNode request() {
            ObjectNode request = json.createObjectNode().put("dry_run", dryRun);
            ArrayNode accounts = request.putArray("accounts");
            batch.forEach(line -> accounts.add(line.account()));
            return request;
        }

        private String fault(JsonNode problem) {
            List<String> faults = new ArrayList<>();
            problem.path("errors")
                    .forEach(error -> faults.add(error.path("field").asText() + ": "
                            + error.path("message").asText()));
            return faults.isEmpty() ? problem.path("detail").asText() : String.join("; ", faults);
        }
    }

    /** Sent again where the answer stays away: what was done by then is not done twice. */
    private JsonNode post(ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        for (int tries = 1; ; tries++) {
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return json.readTree(response.body());
                }
                if (response.statusCode() < 500 || tries == TRIES) {
                    throw new UncheckedIOException(
                            new IOException("the service answered " + response.statusCode() + ": " + response.body()));
                }
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw new UncheckedIOException(new IOException(endpoint + " cannot be reached", e));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted"));
            }
            out.println("No answer; trying again");
            LockSupport.parkNanos(Duration.ofSeconds(tries).toNanos());
        }
    }
}
