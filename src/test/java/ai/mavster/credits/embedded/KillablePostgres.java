package ai.mavster.credits.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An embedded PostgreSQL that a test may kill and start again, on the same data and the same port. Always embedded. */
public final class KillablePostgres implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Path directory;
    private final Map<String, String> settings;
    private final DatabaseAddress address;
    private final DatabaseAddress administration;
    private final int port;
    private @Nullable EmbeddedPostgres server;

    private KillablePostgres(Path directory, Map<String, String> settings) {
        this.directory = directory;
        this.settings = settings;
        EmbeddedPostgres started = TestDatabase.startEmbedded(directory, 0, settings);
        this.server = started;
        this.address = started.address();
        this.administration = started.administration();
        this.port = started.port();
    }

    /** A running server with the empty database {@code credits}. */
    public static KillablePostgres start() {
        return start(Map.of());
    }

    /** The same with settings of its own. */
    public static KillablePostgres start(Map<String, String> settings) {
        return in(TestDatabase.temporaryDirectory("killable"), settings);
    }

    /** A server on the data that a directory has. */
    static KillablePostgres in(Path directory, Map<String, String> settings) {
        return new KillablePostgres(directory, settings);
    }

    /** The same before and after {@link #restart()}. */
    public DatabaseAddress address() {
        return address;
    }

    /** Where somebody signs in who may do everything. */
    public DatabaseAddress administration() {
        return administration;
    }

    public int port() {
        return port;
    }

    /** Where its files are. */
    public Path data() {
        return directory.resolve("database");
    }

    Path directory() {
        return directory;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Ends the server and all its sessions as a crash would, without a word or a last write; also one that has ended by itself. */
    public void kill() throws IOException {
        Optional<ProcessHandle> living = Postmaster.of(data()).flatMap(Postmaster::process);
        living.ifPresent(KillablePostgres::kill);
        close(server);
        server = null;
    }

    private static void kill(ProcessHandle postmaster) {
        List<ProcessHandle> processes = postmaster.descendants().toList();
        // The postmaster first: it would take the death of a session for a reason to recover and go on.
        postmaster.destroyForcibly();
        processes.forEach(ProcessHandle::destroyForcibly);
        Eventually.holds(
                DEADLINE,
                () -> !postmaster.isAlive() && processes.stream().noneMatch(ProcessHandle::isAlive),
                () -> "PostgreSQL is dead");
    }

    /**
     * Stops all of the server's processes where they are: connections stay open and nobody answers, as on a machine
     * that hangs.
     */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** Lets the frozen server go on. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        ProcessHandle postmaster = postmaster();
        // The postmaster first: it starts no further process then, and all of them are met.
        run(List.of("kill", "-s", name, Long.toString(postmaster.pid())));
        List<String> others = postmaster
                .descendants()
                .map(process -> Long.toString(process.pid()))
                .toList();
        run(Stream.concat(Stream.of("kill", "-s", name), others.stream()).toList());
    }

    private static void run(List<String> command) throws IOException {
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        return Postmaster.of(data())
                .flatMap(Postmaster::process)
                .orElseThrow(() -> new IllegalStateException("no server runs"));
    }

    /** Starts the killed server again; it recovers what was committed. */
    public void restart() {
        server = TestDatabase.startEmbedded(directory, port, settings);
    }

    @Override
    public void close() throws IOException {
        close(server);
        Binaries.delete(directory);
    }

    private static void close(@Nullable EmbeddedPostgres server) throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
