package ai.mavster.credits.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of a backup: {@code database} with the copied files, and {@code SHA256SUMS} of all of them, which
 * {@code sha256sum --check} reads. It has its name only once all of it is on the disk.
 */
final class BackupFiles {

    private static final String SUMS = "SHA256SUMS";
    private static final String DATABASE = "database";
    private static final Path EMPTY = Path.of("");

    private final Path directory;
    private final Path unfinished;
    private final List<String> sums = new ArrayList<>();
    private boolean complete;

    private BackupFiles(Path directory, Path unfinished) {
        this.directory = directory;
        this.unfinished = unfinished;
    }

    static BackupFiles create(Path given) throws IOException, StartFailure {
        Path directory = given.toAbsolutePath().normalize();
        if (Files.exists(directory) && !isEmptyDirectory(directory)) {
            throw new StartFailure("There is something at " + directory + " already: name a directory that is new.");
        }
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        Binaries.delete(unfinished);
        Files.createDirectories(unfinished);
        keepOthersOut(unfinished);
        return new BackupFiles(directory, unfinished);
    }

    private static boolean isEmptyDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /** As PostgreSQL demands of its data, and as becomes a copy of them. */
    static void keepOthersOut(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** @param path within the database */
    void createDirectory(Path path) throws IOException {
        Path created = unfinished.resolve(DATABASE).resolve(path);
        Files.createDirectories(created);
        keepOthersOut(created);
    }

    /**
     * @param path where it goes within the database
     * @return how many bytes it has
     */
    long copy(Path file, Path path) throws IOException {
        try (InputStream source = Files.newInputStream(file)) {
            return write(source, path);
        }
    }

    void write(Path path, byte[] content) throws IOException {
        try (InputStream source = new ByteArrayInputStream(content)) {
            write(source, path);
        }
    }

    private long write(InputStream source, Path path) throws IOException {
        Path name = Path.of(DATABASE).resolve(path);
        Path copy = unfinished.resolve(name);
        MessageDigest digest = sha256();
        long bytes = copy(new DigestInputStream(source, digest), copy);
        sums.add(HexFormat.of().formatHex(digest.digest()) + "  " + slashed(name));
        return bytes;
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** On the disk when it returns. */
    private static long copy(InputStream source, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream target = Channels.newOutputStream(channel)) {
            long bytes = source.transferTo(target);
            channel.force(true);
            return bytes;
        }
    }

    void complete() throws IOException {
        Files.writeString(unfinished.resolve(SUMS), String.join("\n", sums) + "\n");
        Files.deleteIfExists(directory); // empty, if it is there
        Files.move(unfinished, directory);
        complete = true;
    }

    void discardIfIncomplete() throws IOException {
        if (!complete) {
            Binaries.delete(unfinished);
        }
    }

    /** Copies a backup's database, having found each file as it was. */
    static void restore(Path backup, Path database) throws IOException, StartFailure {
        List<String> lines;
        try {
            lines = Files.readAllLines(backup.resolve(SUMS), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new StartFailure("There is no complete backup in " + backup + ": " + SUMS + " is missing.");
        }
        copyDirectories(backup.resolve(DATABASE), database);
        for (String line : lines) {
            String name = line.substring(line.indexOf("  ") + 2);
            Path path = Path.of(DATABASE).relativize(Path.of(name)).normalize();
            if (path.startsWith("..") || path.equals(EMPTY)) {
                throw new StartFailure(name + " in " + SUMS + " is not a file of a backup.");
            }
            MessageDigest digest = sha256();
            try (InputStream source = Files.newInputStream(backup.resolve(name))) {
                copy(new DigestInputStream(source, digest), database.resolve(path));
            } catch (NoSuchFileException e) {
                throw new StartFailure("The backup in " + backup + " is not complete: " + name + " is missing.");
            }
            if (!line.startsWith(HexFormat.of().formatHex(digest.digest()))) {
                throw new StartFailure("The backup in " + backup + " has been changed: " + name
                        + " is not as it was when the backup was made.");
            }
        }
    }

    private static void copyDirectories(Path from, Path to) throws IOException {
        try (Stream<Path> directories = Files.walk(from)) {
            for (Path directory : directories.filter(Files::isDirectory).toList()) {
                Path created = to.resolve(from.relativize(directory));
                Files.createDirectories(created);
                keepOthersOut(created);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
