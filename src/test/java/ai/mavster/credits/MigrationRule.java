package ai.mavster.credits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a migration may do beside processes of the version before it; see {@code src/docs/upgrading.md}. */
final class MigrationRule {

    /** Says in a migration that the version before no longer reads or writes what goes away here. */
    private static final String UNUSED = "-- unused since ";

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CREATED = Pattern.compile("^CREATE TABLE (?:IF NOT EXISTS )?(\\S+)");
    private static final Pattern INDEX = Pattern.compile("^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).* ON (\\S+)");

    private static final Map<String, String> UNLESS_UNUSED = Map.of(
            "^DROP (TABLE|VIEW|SCHEMA|TYPE|FUNCTION)\\b|\\bDROP COLUMN\\b", "the version before may still use it",
            "\\bSET NOT NULL\\b", "the version before may still write null");

    private static final Map<String, String> NEVER = new LinkedHashMap<>(Map.of(
            "^ALTER .*\\bRENAME\\b", "the version before knows the old name only",
            "^ALTER .*\\bALTER (COLUMN )?\\S+ (SET DATA )?TYPE\\b", "rewrites the table under a lock",
            "\\bADD COLUMN\\b(?=[^,]*\\bNOT NULL\\b)(?![^,]*\\bDEFAULT\\b)", "the version before does not fill it",
            "\\bADD COLUMN\\b[^,]*\\bDEFAULT [^,]*\\(", "a default that is no constant rewrites the table under a lock",
            "\\bADD CONSTRAINT\\b(?!.*\\b(NOT VALID|USING INDEX)\\b)", "checks all rows under a lock: add NOT VALID",
            "^(UPDATE|DELETE|MERGE)\\b", "holds locks on rows that debits wait for: let a job do it, in batches",
            "^(TRUNCATE|LOCK|CLUSTER|VACUUM|REINDEX)\\b", "keeps everybody else out"));

    private MigrationRule() {}

    /** Each statement that breaks the rule, with the reason. */
    static List<String> broken(String migration) {
        boolean unused = migration.contains(UNUSED);
        List<String> statements = statements(migration);
        List<String> created = statements.stream()
                .map(CREATED::matcher)
                .filter(Matcher::find)
                .map(table -> table.group(1))
                .toList();
        List<String> broken = new ArrayList<>();
        for (String statement : statements) {
            Stream.of(
                            first(NEVER, statement),
                            unused ? Optional.<String>empty() : first(UNLESS_UNUSED, statement),
                            index(statement, created))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(reason -> broken.add(statement + ": " + reason));
        }
        return broken;
    }

    private static Optional<String> first(Map<String, String> rules, String statement) {
        return rules.entrySet().stream()
                .filter(rule ->
                        Pattern.compile(rule.getKey()).matcher(statement).find())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<String> index(String statement, List<String> created) {
        Matcher index = INDEX.matcher(statement);
        return index.find() && !created.contains(index.group(1))
                ? Optional.of("keeps writers out while it is built: use CONCURRENTLY")
                : Optional.empty();
    }

    private static List<String> statements(String migration) {
        return Stream.of(COMMENT.matcher(migration).replaceAll("").split(";", -1))
                .map(statement -> statement.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT))
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
