package ai.mavster.credits.failure.cluster;

import ai.mavster.credits.embedded.TestDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file system of its own, in memory, that can be filled to the last byte. Only root can make one. */
final class SmallDisk implements Closeable {

    private static final String SIZE = "900m";

    private final Path place;

    private SmallDisk(Path place) {
        this.place = place;
    }

    static boolean isPossible() {
        try {
            Path place = TestDatabase.temporaryDirectory("disk");
            boolean possible = run("mount", "-t", "tmpfs", "-o", "size=1m", "none", place.toString()) == 0;
            return possible && run("umount", place.toString()) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static SmallDisk mount() throws IOException {
        Path place = TestDatabase.temporaryDirectory("disk");
        if (run("mount", "-t", "tmpfs", "-o", "mode=777,size=" + SIZE, "none", place.toString()) != 0) {
            throw new IOException("no file system in " + place);
        }
        return new SmallDisk(place);
    }

    /** Moves a directory here, and leaves a link in its place. */
    void take(Path directory) throws IOException {
        try (Stream<Path> former = Files.list(place)) {
            for (Path one : former.toList()) {
                run("rm", "-rf", one.toString());
            }
        }
        Path here = place.resolve(directory.getFileName());
        if (run("cp", "-a", directory.toString(), here.toString()) != 0
                || run("rm", "-rf", directory.toString()) != 0) {
            throw new IOException("cannot move " + directory);
        }
        Files.createSymbolicLink(directory, here);
    }

    /** Until nothing more fits. */
    void fill() throws IOException {
        byte[] piece = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // That is the purpose.
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return place.resolve("ballast");
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", place.toString());
    }
}
