package ai.mavster.credits;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The edge points inwards: answers are made in resources, and what decides knows neither them nor HTTP. */
class EdgeTest {

    private static final String RESOURCES = "ai\\.mavster\\.credits\\..*Resource(\\$.*)?";

    /** With the answers as CSV, and what asks for a key before there is a resource. */
    private static final String EDGE =
            "ai\\.mavster\\.credits\\..*(Resource|EntryCsv|EntryPages|ReportPages|UsagePages|AccountAnswer|BearerAuthentication|KeyRates|GuessRates)(\\$.*)?";

    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void onlyResourcesKnowResources() {
        noClasses()
                .that()
                .haveNameNotMatching(EDGE)
                .and()
                // Names what it is one of, for the contract.
                .doNotHaveFullyQualifiedName("ai.mavster.credits.usage.Usage")
                .should()
                .dependOnClassesThat(nameMatching(RESOURCES))
                .check(MAIN);
    }

    @Test
    void onlyResourcesAndHttpKnowRequestsAndProblems() {
        noClasses()
                .that()
                .haveNameNotMatching(EDGE)
                .and()
                .resideOutsideOfPackage("ai.mavster.credits.http..")
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.ws.rs..")
                        .or(nameMatching("ai\\.mavster\\.credits\\.http\\.Problem.*")))
                .check(MAIN);
    }
}
