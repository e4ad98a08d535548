package ai.mavster.credits.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged service as a process of its own, for tests that end it in ways no test could survive within.
 *
 * <p>It gets the environment it is given and, where that says nothing, a free port, the admin key {@link #ADMIN_KEY}
 * and, unless a {@code CREDITS_DB_URL} is given, a new data directory that is removed in the end. Needs
 * {@code target/quarkus-app}, so it is for {@code *IT} tests.
 */
public final class ServiceProcess implements AutoCloseable {

    public static final String ADMIN_KEY = "test-admin-key-0123456789abcdef";

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 10_000;

    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

    private static final ClassArchive CLASSES = new ClassArchive();

    private final Process process;
    private final URI url;
    private final URI management;
    private final Path log;
    private final Path dataDirectory;
    private final boolean ownsDataDirectory;

    private ServiceProcess(
            Process process, URI url, URI management, Path log, Path dataDirectory, boolean ownsDataDirectory) {
        this.process = process;
        this.url = url;
        this.management = management;
        this.log = log;
        this.dataDirectory = dataDirectory;
        this.ownsDataDirectory = ownsDataDirectory;
    }

    /** Starts the service and waits until it is ready. */
    public static ServiceProcess start(Map<String, String> environment) {
        ServiceProcess service = launch(environment);
        try {
            return service.awaitReady();
        } catch (AssertionError e) {
            service.close();
            throw e;
        }
    }

    /** Starts the service, or one of its commands, and does not wait for anything. */
    public static ServiceProcess launch(Map<String, String> environment, String... arguments) {
        return launch(CLASSES.options(), environment, arguments);
    }

    static ServiceProcess launch(List<String> options, Map<String, String> environment, String... arguments) {
        try {
            Path work = TestDatabase.temporaryDirectory("service");
            Path log = work.resolve("service.log");
            List<String> command = new ArrayList<>();
            if (hasSessions()) {
                // A process group of its own, as a terminal would give it, in which SIGINT is not ignored as it is in
                // background jobs.
                command.addAll(List.of("setsid", "env", "--default-signal=INT,TERM"));
            }
            command.addAll(List.of(
                    ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1", "-Xmx512m"));
            command.addAll(options);
            command.addAll(List.of("-jar", JAR.toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Map<String, String> variables = builder.environment();
            variables.keySet().removeIf(name -> name.startsWith("CREDITS_") || name.startsWith("QUARKUS_"));
            variables.put("CREDITS_ADMIN_KEY", ADMIN_KEY);
            variables.put("CREDITS_HTTP_PORT", Integer.toString(freePort()));
            variables.put("CREDITS_DATA_DIR", work.resolve("data").toString());
            variables.putAll(environment);
            boolean given = environment.containsKey("CREDITS_DATA_DIR") || environment.containsKey("CREDITS_DB_URL");
            Path data = Path.of(variables.get("CREDITS_DATA_DIR"));
            if (!given) {
                TestDatabase.shareBinaries(data);
            }
            String host = variables.getOrDefault("CREDITS_HTTP_HOST", "localhost");
            String port = variables.get("CREDITS_HTTP_PORT");
            URI url = URI.create("http://" + host + ":" + port);
            URI management = URI.create("http://" + variables.getOrDefault("CREDITS_MANAGEMENT_HOST", host) + ":"
                    + variables.getOrDefault("CREDITS_MANAGEMENT_PORT", port));
            return new ServiceProcess(builder.start(), url, management, log, data, !given);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the jar to its end, with the environment it is given; its exit code and what it printed. */
    public static String command(int exitCode, Map<String, String> environment, String... arguments) {
        try {
            List<String> command = new ArrayList<>(
                    List.of(ProcessHandle.current().info().command().orElse("java"), "-jar", JAR.toString()));
            command.addAll(List.of(arguments));
            Path log = TestDatabase.temporaryDirectory("command").resolve("command.log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("CREDITS_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " has not ended");
            }
            String said = Files.readString(log);
            if (process.exitValue() != exitCode) {
                throw new AssertionError(command + " ended with " + process.exitValue() + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static boolean hasSessions() {
        return Files.isExecutable(Path.of("/usr/bin/setsid"));
    }

    /**
     * One that nobody listens at now, for a service that has to know its address beforehand. Each is given once, and
     * none is of the range from which systems take the ports of outgoing connections: one of these could have it before
     * the service does.
     */
    public static int freePort() throws IOException {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            }
        }
        throw new IOException("All ports from " + FIRST_PORT + " to " + (FIRST_PORT + PORTS - 1) + " are in use");
    }

    /** Waits for {@code /q/health/ready} to answer 200. */
    public ServiceProcess awaitReady() {
        Eventually.holds(
                DEADLINE,
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the service has ended with " + process.exitValue() + "\n" + log());
                    }
                    return readiness() == 200;
                },
                () -> "the service is ready\n" + log());
        return this;
    }

    /** The status of {@code /q/health/ready}, or 0 if nobody answers. */
    public int readiness() {
        HttpRequest request = HttpRequest.newBuilder(management.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where its API is: {@code http://localhost:port}, unless it is bound to an address. */
    public URI url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** The embedded database of this service, for a look behind its back. */
    public DatabaseAddress database() {
        try {
            String port = Files.readAllLines(dataDirectory.resolve("database/postmaster.pid"))
                    .get(3);
            String password = Files.readString(dataDirectory.resolve("password"));
            return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port.strip() + "/credits", "credits", password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed so far, on either stream. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. Returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGINT to the process and all in its group, as a terminal's Ctrl-C does. */
    public void interrupt() {
        try {
            String target = (hasSessions() ? "-" : "") + process.pid();
            new ProcessBuilder("/bin/kill", "-s", "INT", "--", target).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the process to end; its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the service has not ended\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the service as an operator would, and removes what it was given here. */
    @Override
    public void close() {
        terminate();
        awaitExit();
        try {
            if (ownsDataDirectory) {
                Binaries.delete(dataDirectory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
