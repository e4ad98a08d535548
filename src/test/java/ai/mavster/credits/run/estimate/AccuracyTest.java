package ai.mavster.credits.run.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How well runs were estimated. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccuracyTest {

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    private static final String[] FIGURES = {"runs", "estimated", "actual", "bias", "mape", "p50_ratio", "p90_ratio"};

    @Inject
    AgroalDataSource database;

    private Customer customer;
    private FinishedRuns runs;

    @BeforeEach
    void makeACustomer() {
        customer = Customer.create();
        runs = new FinishedRuns(database, customer);
    }

    private Reply accuracy(String query) {
        return Customer.get(customer.path("/estimate-accuracy" + query)).is(200);
    }

    private void finished(String testId, String projectId, String... figures) {
        for (String figure : figures) {
            runs.add(testId, projectId, "success", figure, yesterday);
        }
    }

    private static String[] with(String... keys) {
        String[] all = java.util.Arrays.copyOf(keys, keys.length + FIGURES.length);
        System.arraycopy(FIGURES, 0, all, keys.length, FIGURES.length);
        return all;
    }

    /** Figures worked out by hand; {@code estimated>actual} of each run. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10>10                              | 1 10 10 0 0 1 1
            10>11                              | 1 10 11 0.1 0.090909 1.1 1.1
            10>5                               | 1 10 5 -0.5 1 0.5 0.5
            10>5+6                             | 1 10 11 0.1 0.090909 1.1 1.1
            1>2 3>3                            | 2 4 5 0.25 0.25 1 2
            10>10 10>12 10>14 10>16 10>18      | 5 50 70 0.4 0.254365 1.4 1.8
            1>1 1>2 1>3 1>4 1>5 1>6 1>7 1>8 1>9 1>10       | 10 10 55 4.5 0.707103 5 9
            1>1 1>2 1>3 1>4 1>5 1>6 1>7 1>8 1>9 1>10 1>11  | 11 11 66 5 0.725466 6 10
            3>1                                | 1 3 1 -0.666667 2 0.333333 0.333333
            10>0                               | 1 10 0 -1 null 0 0
            10>0 10>10                         | 2 20 10 -0.5 0 0 1
            0>10                               | 1 0 10 null 1 null null
            0>10 10>20                         | 2 10 30 2 0.75 2 2
            0>0                                | 1 0 0 null null null null
            9007199254.740993>9007199254.740993 | 1 9007199254.740993 9007199254.740993 0 0 1 1
            """)
    void theFiguresAreThoseOfABookkeeper(String figures, String expected) {
        finished("t", null, figures.split(" ", -1));

        assertThat(accuracy("").rows("data", FIGURES)).containsExactly(expected);
        assertThat(accuracy("").json().at("/total").at("/test_id").isNull()).isTrue();
        assertThat(accuracy("")
                        .all(java.util.Arrays.stream(FIGURES)
                                .map("total/"::concat)
                                .toArray(String[]::new)))
                .isEqualTo(expected);
    }

    @Test
    void runsAreToldApartByTestProjectOrAction() {
        finished("a", "web", "10>20", "10>30");
        finished("b", "web", "10>5");
        finished(null, "app", "10>10");

        assertThat(accuracy("").rows("data", with("test_id", "project_id", "action")))
                .containsExactly(
                        "a null null 2 20 50 1.5 0.583333 2 3",
                        "null null null 1 10 10 0 0 1 1",
                        "b null null 1 10 5 -0.5 1 0.5 0.5");
        assertThat(accuracy("?group_by=test").body()).isNotEmpty();
        assertThat(accuracy("?group_by=project").rows("data", with("test_id", "project_id", "action")))
                .containsExactly("null web null 3 30 55 0.833333 0.722222 2 3", "null app null 1 10 10 0 0 1 1");
        assertThat(accuracy("?group_by=project").all("total/runs", "total/estimated", "total/actual"))
                .isEqualTo("4 40 65");
    }

    @Test
    void anActionIsComparedWithWhatItsDebitsCameTo() {
        String run = runs.add("a", null, "failed", "30>40", yesterday);
        runs.action(run, "tap", "10>5*5", yesterday);
        runs.action(run, "chat", "20>30", yesterday);
        runs.action(run, "not-estimated", "->5", yesterday);
        String canceled = runs.add("a", null, "canceled", "30>40", yesterday);
        runs.action(canceled, "tap", "10>99", yesterday);

        Reply accuracy = accuracy("?group_by=action");

        assertThat(accuracy.rows("data", with("test_id", "project_id", "action")))
                .containsExactly(
                        "null null chat 1 20 30 0.5 0.333333 1.5 1.5",
                        "null null not-estimated 1 0 5 null 1 null null",
                        "null null tap 1 10 5 -0.5 1 0.5 0.5");
        assertThat(accuracy.all("total/runs", "total/estimated", "total/actual", "group_by"))
                .isEqualTo("1 30 40 action");
    }

    /** Its caller said how much, some debits named no action, and a run below it spent too. */
    @Test
    void whatNoActionOfARunAccountsForIsARowOfItsOwn() {
        String run = runs.add("a", null, "success", "30>40+5", yesterday);
        runs.action(run, "tap", "->15", yesterday);

        Reply accuracy = accuracy("?group_by=action");

        assertThat(accuracy.rows("data", with("action")))
                .containsExactly("null 1 30 30 0 0 1 1", "tap 1 0 15 null 1 null null");
        assertThat(accuracy.all("total/runs", "total/estimated", "total/actual"))
                .isEqualTo("1 30 45");
    }

    @Test
    void onlyRunsThatWereEstimatedAndCameToAnEndCount() {
        finished("a", null, "->20");
        runs.add("a", null, "canceled", "10>20", yesterday);
        runs.add("a", null, "hard_failure", "10>0", yesterday);
        new FinishedRuns(database, Customer.create()).add("a", null, "success", "10>20", yesterday);

        assertThat(accuracy("").all("data", "has_more", "total/runs", "total/estimated", "total/actual", "total/bias"))
                .isEqualTo("[] false 0 0 0 null");
    }

    @Test
    void theWindowIsHalfOpenAndNinetyDaysUnlessSaid() {
        Instant at = Instant.parse("2026-03-01T00:00:00Z");
        runs.add("a", null, "success", "10>20", at);
        runs.add("old", null, "success", "10>20", Instant.now().minus(Duration.ofDays(91)));
        finished("new", null, "10>20");

        assertThat(accuracy("?from=" + at + "&to=" + at.plusMillis(1)).rows("data", "test_id"))
                .containsExactly("a");
        assertThat(accuracy("?from=" + at.minusMillis(1) + "&to=" + at).rows("data", "test_id"))
                .isEmpty();
        assertThat(accuracy("?to=" + at.plus(Duration.ofDays(90))).rows("data", "test_id"))
                .contains("a");
        assertThat(accuracy("?to=" + at.plus(Duration.ofDays(90)).plusMillis(1)).rows("data", "test_id"))
                .doesNotContain("a");
        assertThat(accuracy("").rows("data", "test_id")).contains("new").doesNotContain("old");
    }

    @Test
    void theDearestComeFirstAndTheTotalIsOfAll() {
        finished("a", null, "1>1");
        finished("b", null, "1>3");
        finished("c", null, "1>2");

        Reply two = accuracy("?limit=2");

        assertThat(two.rows("data", "test_id")).containsExactly("b", "c");
        assertThat(two.all("has_more", "total/runs", "total/actual")).isEqualTo("true 3 6");
        assertThat(accuracy("?limit=3").all("has_more")).isEqualTo("false");
    }
}
