package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationRuleTest {

    /** The last migration of the first release. Nothing is released: until then all of them are its schema. */
    private static final int RELEASED = 999;

    @Test
    void everyMigrationSinceTheFirstReleaseCanBeMadeUnderTheVersionBefore() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("migrations"))) {
            for (Path file : files.filter(MigrationRuleTest::isLater).toList()) {
                assertThat(MigrationRule.broken(Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    private static boolean isLater(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("V") && Integer.parseInt(name.substring(1, name.indexOf("__"))) > RELEASED;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (b text NOT NULL); CREATE INDEX c ON a (b); COMMENT ON TABLE a IS 'an update; or not'",
                "ALTER TABLE posting ADD COLUMN a text",
                "ALTER TABLE posting ADD COLUMN a bigint NOT NULL DEFAULT 0, ADD COLUMN b text",
                "ALTER TABLE posting ADD CONSTRAINT a CHECK (b > 0) NOT VALID",
                "ALTER TABLE posting VALIDATE CONSTRAINT a",
                "CREATE UNIQUE INDEX CONCURRENTLY a ON posting (b)",
                "INSERT INTO rate VALUES (1); -- DROP TABLE posting",
                "-- unused since 1.3\nALTER TABLE posting DROP COLUMN a; DROP TABLE b",
                "-- unused since 1.3\nALTER TABLE posting ALTER COLUMN a SET NOT NULL",
            })
    void whatTheVersionBeforeCanIgnoreIsAllowed(String migration) {
        assertThat(MigrationRule.broken(migration)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE a",
                "ALTER TABLE posting DROP COLUMN a",
                "ALTER TABLE posting RENAME COLUMN a TO b",
                "-- unused since 1.3\nALTER TABLE posting RENAME TO b",
                "ALTER TABLE posting ALTER COLUMN a TYPE numeric",
                "ALTER TABLE posting\n  ALTER a SET DATA TYPE text",
                "ALTER TABLE posting ADD COLUMN a text, ADD COLUMN b bigint NOT NULL",
                "ALTER TABLE posting ADD COLUMN a timestamptz DEFAULT now()",
                "ALTER TABLE posting ADD CONSTRAINT a CHECK (b > 0)",
                "ALTER TABLE posting ALTER COLUMN a SET NOT NULL",
                "CREATE INDEX a ON posting (b)",
                "CREATE TABLE a (b text); CREATE UNIQUE INDEX c ON posting (b)",
                "update posting set a = 1",
                "DELETE FROM posting WHERE a = 1",
                "TRUNCATE posting",
                "LOCK TABLE posting",
            })
    void whatItCannotOrWhatKeepsItWaitingIsRefused(String migration) {
        List<String> broken = MigrationRule.broken(migration);
        assertThat(broken).hasSize(1);
        assertThat(broken.get(0)).contains(": ");
    }
}
