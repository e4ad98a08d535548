package ai.mavster.credits.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The classes of a service that was started once, as the JVM keeps them for those that are started after it: each is
 * ready a second sooner. Making it takes a start and some ten seconds, so a JVM of tests that starts few services does
 * without, and so does one where it cannot be made.
 */
final class ClassArchive {

    private static final int STARTS_BEFORE = 6;

    private final Path file = TestDatabase.temporaryDirectory("classes").resolve("service.jsa");

    private int starts;
    private boolean made;

    /** What a service is started with; the archive is made by the first who profits from it. */
    synchronized List<String> options() {
        starts++;
        if (starts == STARTS_BEFORE + 1) {
            made = make();
        }
        return made ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto") : List.of();
    }

    private boolean make() {
        long begun = System.nanoTime();
        file.toFile().deleteOnExit();
        // Asked to stop, it writes what it has loaded. One that has not ended in the usual way may not have got so far.
        try (ServiceProcess service = ServiceProcess.launch(List.of("-XX:ArchiveClassesAtExit=" + file), Map.of())) {
            service.awaitReady();
            service.terminate();
            boolean whole = service.awaitExit() == 143 && Files.exists(file);
            System.out.println((whole
                            ? "Services start from an archive of their classes, made in ms: "
                            : "Services start without an archive of their classes, tried for ms: ")
                    + (System.nanoTime() - begun) / 1_000_000);
            return whole;
        } catch (AssertionError | RuntimeException e) {
            System.out.println("Services start without an archive of their classes: " + e);
            return false;
        }
    }
}
