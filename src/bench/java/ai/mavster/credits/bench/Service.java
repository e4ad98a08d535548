package ai.mavster.credits.bench;

import ai.mavster.credits.embedded.DatabaseAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, as an operator starts it but for a bounded heap. */
final class Service implements AutoCloseable {

    static final String ADMIN_KEY = "bench-admin-key-not-for-production";

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;
    private final Duration startedIn;

    private Service(Process process, int port, Duration startedIn) {
        this.process = process;
        this.port = port;
        this.startedIn = startedIn;
    }

    /** Starts it and waits until it is ready. */
    static Service start(Settings settings, DatabaseAddress database) throws IOException, InterruptedException {
        Path jar = settings.directory().resolve("quarkus-app").resolve("quarkus-run.jar");
        File log = settings.directory().resolve("service.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + settings.heap(),
                        // So that none is left behind by a benchmark that was killed.
                        "-Dcredits.stop-with-parent=true",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        int port = freePort();
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CREDITS_") || name.startsWith("QUARKUS_"));
        environment.put("CREDITS_DB_URL", database.url());
        environment.put("CREDITS_DB_USER", database.user());
        environment.put("CREDITS_DB_PASSWORD", database.password());
        environment.put("CREDITS_HTTP_PORT", Integer.toString(port));
        environment.put("CREDITS_ADMIN_KEY", ADMIN_KEY);
        // All connections come from one address here.
        environment.put("CREDITS_CONNECTIONS_PER_ADDRESS", "40000");
        environment.put("CREDITS_WEBHOOK_ALLOW_PRIVATE_TARGETS", "true");
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            awaitReady(process, port, log);
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        return new Service(process, port, Duration.ofNanos(System.nanoTime() - start));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(Process process, int port, File log) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(DEADLINE)
                .build();
        HttpClient client = HttpClient.newHttpClient();
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < DEADLINE.toNanos()) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Nobody listens yet.
            }
            Thread.sleep(POLL.toMillis());
        }
        throw new IOException("The service did not become ready; see " + log);
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** From the start of the process to the first time it said that it was ready. */
    Duration startedIn() {
        return startedIn;
    }

    /** Posts nothing, and waits for the JSON as long as it takes. */
    JsonNode post(String path) {
        return json("POST", path, HttpRequest.BodyPublishers.noBody());
    }

    /** Makes something by a method and a body. */
    JsonNode make(String method, String path, String body) {
        return json(method, path, HttpRequest.BodyPublishers.ofString(body));
    }

    private JsonNode json(String method, String path, HttpRequest.BodyPublisher body) {
        try {
            return JSON.readTree(send(path, "application/json", method, body, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String path) {
        try {
            return get(path, "text/plain", HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes an answer has, which is read to its end and not kept. */
    long length(String path, String mediaType) throws IOException {
        try (InputStream body =
                get(path, mediaType, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }

    private <B> HttpResponse<B> get(String path, String mediaType, HttpResponse.BodyHandler<B> handler)
            throws IOException {
        return send(path, mediaType, "GET", HttpRequest.BodyPublishers.noBody(), handler);
    }

    private <B> HttpResponse<B> send(
            String path,
            String mediaType,
            String method,
            HttpRequest.BodyPublisher body,
            HttpResponse.BodyHandler<B> handler)
            throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + ADMIN_KEY)
                .header("Accept", mediaType)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<B> response = client.send(request, handler);
            if (response.statusCode() / 100 != 2) {
                throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Stops it as an operator would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
