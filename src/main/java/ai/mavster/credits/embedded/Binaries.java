package ai.mavster.credits.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the archive on the class path into the data directory and found there at
 * later starts.
 */
final class Binaries {

    private static final String PREFIX = "postgresql-";

    private Binaries() {}

    /**
     * Where the programs of this version are, with {@code bin}, {@code lib} and {@code share} in it. Several processes
     * may ask at once.
     */
    static Path in(Path directory) throws IOException, StartFailure {
        String archive = archive();
        Path home = directory.resolve(PREFIX + fingerprint(archive));
        if (!Files.isDirectory(home)) {
            // Unpacked beside and moved into place, so that what a crash left half-done is never taken for the whole.
            Path unfinished = Files.createTempDirectory(directory, PREFIX + "unfinished-");
            unpack(archive, unfinished);
            try {
                Files.move(unfinished, home);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(home)) {
                    throw e;
                }
                delete(unfinished); // another process was faster
            }
        }
        return home;
    }

    /** Removes the programs of other versions. */
    static void deleteOthers(Path directory, Path home) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(directory)) {
            others = files.filter(file -> file.getFileName().toString().startsWith(PREFIX) && !file.equals(home))
                    .toList();
        }
        for (Path other : others) {
            delete(other);
        }
    }

    private static String archive() throws StartFailure {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String name = system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system;
        String processor = machine.equals("aarch64") ? "arm_64" : machine.equals("amd64") ? "x86_64" : machine;
        String archive = "/postgres-" + name + "-" + processor + ".txz";
        if (Binaries.class.getResource(archive) == null) {
            throw new StartFailure("This build carries no PostgreSQL for " + name + " on " + processor
                    + ". Set CREDITS_DB_URL to a PostgreSQL of yours, or build the service on such a machine.");
        }
        return archive;
    }

    private static InputStream open(String archive) throws IOException {
        InputStream stream = Binaries.class.getResourceAsStream(archive);
        if (stream == null) {
            throw new IOException(archive + " is not on the class path");
        }
        return stream;
    }

    /** By the archive's size and checksum, which its jar states: reading all of it would be felt at every start. */
    private static String fingerprint(String archive) throws IOException {
        URL url = Binaries.class.getResource(archive);
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException(archive + " is not in a jar on the class path");
        }
        connection.setUseCaches(false); // or closing the jar would close it for others too
        try (JarFile jar = connection.getJarFile()) {
            ZipEntry entry = jar.getJarEntry(connection.getEntryName());
            return Long.toHexString(entry.getSize()) + "-" + Long.toHexString(entry.getCrc());
        }
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (InputStream stream = open(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(stream))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    unpack(entry, tar, file);
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
