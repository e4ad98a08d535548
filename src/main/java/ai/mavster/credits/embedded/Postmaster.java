package ai.mavster.credits.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL says in {@code postmaster.pid} about the server that runs, or last ran, on a data directory. */
record Postmaster(Path file, List<String> lines) {

    /** PostgreSQL notes its start in whole seconds, shortly after the system does. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

    static Optional<Postmaster> of(Path database) throws IOException {
        Path file = database.resolve("postmaster.pid");
        return Files.exists(file) ? Optional.of(new Postmaster(file, Files.readAllLines(file))) : Optional.empty();
    }

    /** The process, if it lives and is that server; another one may have been given its id since. */
    Optional<ProcessHandle> process() {
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            Instant start = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> isPostgres(process) && startedAround(process, start));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty(); // cut off by a crash of the system
        }
    }

    /** Where it listens. */
    int port() throws IOException {
        try {
            return Integer.parseInt(lines.get(3).strip());
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("the server is starting, or has just ended", e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    private static boolean startedAround(ProcessHandle process, Instant instant) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, instant).abs().compareTo(START_TOLERANCE) < 0)
                .orElse(false);
    }

    /**
     * Keeps a server that has died from blocking the next one when its process id now belongs to somebody else.
     * PostgreSQL ignores an id that is the one of the process starting it, so the file gets ours; deleting it would
     * also delete the key of the shared memory by which PostgreSQL notices that parts of the dead server are still at
     * work.
     */
    void disown() throws IOException {
        List<String> changed = new ArrayList<>(lines);
        if (changed.size() < 7) {
            Files.delete(file);
            return;
        }
        changed.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(file, changed);
    }

    /** Whether it says no more than that: to stop the server it names would be to stop this process. */
    boolean isDisowned() {
        return !lines.isEmpty()
                && lines.get(0)
                        .strip()
                        .equals(Long.toString(ProcessHandle.current().pid()));
    }
}
