package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which way to the database: Panache or {@code sql}; the exceptions are named in the root package's prose, each with
 * its reason.
 */
class OwnSqlTest {

    private static final Path MAIN = Path.of("src", "main", "java", "ai", "mavster", "credits");
    private static final Pattern SQL = Pattern.compile("createNativeQuery|prepareStatement|createStatement");

    /** These two are the way. */
    private static final Set<String> SQL_ITSELF = Set.of("sql.RoundTrip", "sql.Connections");

    @Test
    void whoeverHasSqlOfItsOwnIsNamed() throws IOException {
        Set<String> own = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".java")).toList()) {
                if (SQL.matcher(Files.readString(file)).find()) {
                    own.add(MAIN.relativize(file)
                            .toString()
                            .replace(".java", "")
                            .replace('\\', '.')
                            .replace('/', '.'));
                }
            }
        }
        assertThat(own).containsAll(SQL_ITSELF);
        own.removeAll(SQL_ITSELF);

        String prose = Files.readString(MAIN.resolve("package-info.java"));
        assertThat(own).isNotEmpty().allSatisfy(name -> assertThat(prose).contains("{@code " + name + "}"));
    }
}
