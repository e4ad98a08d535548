package ai.mavster.credits;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not know. */
class ArchitectureTest {

    private static final String ROOT = "ai.mavster.credits";
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target", "classes"));

    private static final DescribedPredicate<JavaMethod> ENDPOINTS = DescribedPredicate.describe(
            "endpoints",
            method -> method.getAnnotations().stream()
                    .map(JavaAnnotation::getRawType)
                    .anyMatch(annotation -> annotation.isAnnotatedWith(HttpMethod.class)));

    /** Each feature, and what it may use beside itself and the root. A new one has to be added. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("sql", List.of()),
            Map.entry("http", List.of("sql")),
            Map.entry("embedded", List.of()),
            Map.entry("trace", List.of()),
            Map.entry("ledger", List.of("http", "sql", "trace")),
            Map.entry("pricing", List.of("http")),
            Map.entry("debit", List.of("http", "sql", "ledger", "pricing")),
            Map.entry("grant", List.of("http", "ledger")),
            Map.entry("plan", List.of("http", "sql")),
            Map.entry("event", List.of("http", "sql", "ledger", "trace")),
            Map.entry("waiting", List.of("http", "sql", "ledger", "event")),
            Map.entry("subscription", List.of("http", "sql", "ledger", "plan", "event")),
            Map.entry("budget", List.of("http", "sql", "ledger", "plan", "subscription", "usage", "event")),
            Map.entry(
                    "alert",
                    List.of("http", "sql", "ledger", "plan", "subscription", "usage", "budget", "event", "recharge")),
            Map.entry("renewal", List.of("http", "ledger", "plan", "subscription")),
            Map.entry("testclock", List.of("http", "ledger", "subscription", "renewal")),
            Map.entry(
                    "account",
                    List.of(
                            "http",
                            "sql",
                            "ledger",
                            "plan",
                            "subscription",
                            "testclock",
                            "usage",
                            "budget",
                            "waiting",
                            "recharge")),
            Map.entry("payment", List.of("http", "sql", "ledger", "event", "plan", "subscription")),
            Map.entry("recharge", List.of("http", "sql", "ledger", "event", "subscription", "payment", "checkout")),
            Map.entry("checkout", List.of("http", "sql", "ledger", "event", "payment")),
            Map.entry("imports", List.of("http", "ledger", "plan", "subscription", "account")),
            Map.entry("run", List.of("http", "sql", "ledger", "pricing", "debit", "event", "waiting")),
            Map.entry("usage", List.of("http", "sql", "ledger", "pricing", "plan", "subscription", "recharge")),
            Map.entry("explanation", List.of("http", "ledger", "pricing", "run", "budget")),
            Map.entry("report", List.of("http", "sql", "ledger", "subscription")),
            Map.entry("access", List.of("http")),
            Map.entry(
                    "portal",
                    List.of(
                            "http",
                            "sql",
                            "ledger",
                            "plan",
                            "pricing",
                            "subscription",
                            "usage",
                            "budget",
                            "waiting",
                            "payment",
                            "checkout",
                            "recharge",
                            "alert",
                            "account",
                            "run",
                            "explanation",
                            "event")),
            Map.entry(
                    "operator",
                    List.of(
                            "http",
                            "ledger",
                            "plan",
                            "pricing",
                            "subscription",
                            "renewal",
                            "budget",
                            "payment",
                            "recharge",
                            "account",
                            "run",
                            "explanation",
                            "event",
                            "report",
                            "access",
                            "portal")));

    @Test
    void callsGoOneWay() {
        MAY_USE.forEach((feature, others) -> {
            String[] allowed = Stream.concat(Stream.of(feature), others.stream())
                    .map(ArchitectureTest::within)
                    .toArray(String[]::new);
            classes()
                    .that(resideInAPackage(within(feature)))
                    .should(onlyDependOnClassesThat(not(resideInAPackage(ROOT + ".."))
                            .or(resideInAPackage(ROOT))
                            .or(resideInAnyPackage(allowed))))
                    .check(MAIN);
        });
    }

    @Test
    void everyFeatureHasItsPlaceInTheOrder() {
        classes()
                .that(not(resideInAPackage(ROOT)))
                .should()
                .resideInAnyPackage(
                        MAY_USE.keySet().stream().map(ArchitectureTest::within).toArray(String[]::new))
                .check(MAIN);
    }

    /** The root holds what all share, so of what it uses only the start of the application may know features. */
    @Test
    void onlyTheStartKnowsFeaturesFromTheRoot() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .and()
                .haveNameNotMatching(
                        ".*\\.(Main|MigrateCommand|Application|HttpPort|TraceCollector|DemoAccounts)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        MAY_USE.keySet().stream().map(ArchitectureTest::within).toArray(String[]::new))
                .check(MAIN);
    }

    @Test
    void noPackagesGoRound() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
        slices().matching(ROOT + ".(**)")
                .that(DescribedPredicate.describe(
                        "are rooms of http, subscription or run",
                        room -> room.getNamePart(1).matches("(http|subscription|run)(\\..*)?")))
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }

    /** Neither by SQL nor as an entity. */
    @Test
    void onlyTheLedgerTouchesItsTables() throws IOException {
        Pattern tables = Pattern.compile(
                "(?i)\\b(from|join|into|update|table|only)\\s+\"?(entry|posting|posting_text|credit_grant|account_balance|hold|idempotency_key)\\b"
                        + "|@Table\\([^)]*\"(entry|posting|posting_text|credit_grant|account_balance|hold|idempotency_key)\"");
        assertThat(sources("main", tables))
                .allSatisfy((file, found) -> assertThat(file).contains("/credits/ledger/"));
        assertThat(sources("main", tables)).isNotEmpty();
    }

    @Test
    void classesAreNamedAfterWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Service|Manager|Impl|Utils?|Helper|Dto)(\\$.*)?")
                .check(MAIN);
    }

    @Test
    void nothingIsPrintedButAtTheStart() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(MAIN);
        noClasses()
                .should()
                .callMethodWhere(target("printStackTrace", Throwable.class))
                .check(MAIN);
    }

    @Test
    void timeIsReadInOnePlace() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Date.class, Calendar.class)
                .check(MAIN);
        noClasses()
                .that()
                .doNotHaveSimpleName("SystemClock")
                .should()
                .callMethodWhere(target(
                        "now",
                        Instant.class,
                        java.time.LocalDate.class,
                        java.time.LocalDateTime.class,
                        java.time.OffsetDateTime.class,
                        java.time.ZonedDateTime.class))
                .orShould()
                .callMethodWhere(target("currentTimeMillis", System.class))
                .orShould()
                .callMethodWhere(target("system.*", Clock.class))
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackages(within("ledger"), within("embedded"))
                .should()
                .callMethodWhere(target("nanoTime", System.class))
                .check(MAIN);
    }

    @Test
    void noNumberIsBinaryFloatingPoint() {
        DescribedPredicate<JavaClass> floating = DescribedPredicate.describe(
                "double or float",
                type -> List.of("double", "float", "java.lang.Double", "java.lang.Float")
                        .contains(type.getBaseComponentType().getName()));
        noFields().should().haveRawType(floating).check(MAIN);
        noCodeUnits().should().haveRawReturnType(floating).check(MAIN);
        noCodeUnits()
                .should(new ArchCondition<JavaCodeUnit>("take a double or float") {
                    @Override
                    public void check(JavaCodeUnit code, ConditionEvents events) {
                        boolean takes = code.getRawParameterTypes().stream().anyMatch(floating);
                        events.add(new SimpleConditionEvent(code, takes, code.getFullName()));
                    }
                })
                .check(MAIN);
    }

    @Test
    void everyPackageSaysWhatHoldsInIt() throws IOException {
        Path main = Path.of("src", "main", "java", ROOT.replace('.', '/'));
        try (Stream<Path> folders = Files.walk(main)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                assertThat(folder.resolve("package-info.java"))
                        .content()
                        .startsWith("/**")
                        .contains("@NullMarked");
            }
        }
    }

    @Test
    void endpointsAreInResourcesAndSayWhoMayCall() {
        methods().that(ENDPOINTS).should().bePublic().check(MAIN);
        methods()
                .that(ENDPOINTS)
                .should()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Resource")
                .check(MAIN);
        methods()
                .that(ENDPOINTS)
                .should()
                .beAnnotatedWith(RolesAllowed.class)
                .orShould()
                .beAnnotatedWith(PermitAll.class)
                .orShould()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(RolesAllowed.class)
                .check(MAIN);
    }

    /** Without it an answer to {@code Accept: text/plain} is what a record's toString says. */
    @Test
    void endpointsSayWhatTheyProduce() {
        methods()
                .that(ENDPOINTS)
                .and()
                .doNotHaveRawReturnType(void.class)
                .should()
                .beAnnotatedWith(Produces.class)
                .orShould()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(Produces.class)
                .check(MAIN);
    }

    @Test
    void testsNeitherSleepNorMock() throws IOException {
        Pattern forbidden = Pattern.compile(
                "Thread\\.sle" + "ep|TimeUnit\\.\\w+\\.sle" + "ep|mock" + "ito|easym" + "ock|Inject" + "Mock");
        assertThat(sources("test", forbidden)).isEmpty();
    }

    private static String within(String feature) {
        return ROOT + "." + feature + "..";
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> target(
            String name, Class<?>... owners) {
        return DescribedPredicate.describe(
                name + " of " + Arrays.toString(owners),
                call -> call.getName().matches(name)
                        && Arrays.stream(owners).anyMatch(call.getTargetOwner()::isAssignableTo));
    }

    /** The first match of a pattern in each source file that has one. */
    private static Map<String, String> sources(String set, Pattern pattern) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src", set, "java"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".java")).toList()) {
                var matcher = pattern.matcher(Files.readString(file));
                if (matcher.find()) {
                    found.put(file.toString().replace('\\', '/'), matcher.group());
                }
            }
        }
        return found;
    }
}
