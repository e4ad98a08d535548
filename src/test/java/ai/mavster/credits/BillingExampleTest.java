package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents' example of a page that others render themselves shows fields that there are. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BillingExampleTest {

    private static final Pattern FIELD = Pattern.compile("\\b(account|budget)((?:\\??\\.[a-z_]+)+)");

    @Test
    void everyFieldThatItShowsIsInTheContract() throws IOException {
        ServedContract contract = ServedContract.read();
        String script = Files.readString(Path.of("src", "docs", "examples", "billing.js"));
        Matcher field = FIELD.matcher(script);
        Set<String> shown = new TreeSet<>();
        while (field.find()) {
            JsonNode schema = contract.schemas().path(field.group(1).equals("account") ? "Account" : "Budget");
            for (String name : field.group(2).replace("?", "").substring(1).split("\\.", -1)) {
                JsonNode known = contract.resolve(schema);
                if (known.path("type").asText().equals("array")) {
                    break; // what follows is the language's own
                }
                JsonNode property = known.path("properties").path(name);
                assertThat(property.isMissingNode()).as(field.group()).isFalse();
                schema = property.has("anyOf") ? property.at("/anyOf/0") : property;
            }
            shown.add(field.group());
        }
        assertThat(shown).contains("account.balance", "account.problem.action.url", "budget.used");
    }
}
