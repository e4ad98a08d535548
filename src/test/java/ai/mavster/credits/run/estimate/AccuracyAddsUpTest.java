package ai.mavster.credits.run.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However runs are grouped, the same runs come to the same figures, to the millionth. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccuracyAddsUpTest {

    private static final List<String> ACTIONS = List.of("/mave/chat", "/responses", "POST:/personas", "of-our-own");

    private Customer customer;
    private final List<String> running = new ArrayList<>();
    private final List<String> finished = new ArrayList<>();
    private final List<String> debits = new ArrayList<>();

    @BeforeEach
    void makeACustomer() {
        customer = Customer.having("1000000");
    }

    /**
     * With and without estimates, by items or in credits; nested; with debits and reversals while they run and
     * afterwards.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allGroupingsAddUpToTheSameTotal(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 120; step++) {
            act(random);
        }

        Credits estimated = Credits.ZERO;
        Credits actual = Credits.ZERO;
        int runs = 0;
        for (String run :
                Customer.get(customer.path("/runs?limit=1000")).rows("data", "status", "estimated", "total_spent")) {
            String[] figures = run.split(" ", -1);
            if (List.of("success", "failed").contains(figures[0]) && !figures[1].equals("null")) {
                runs++;
                estimated = estimated.plus(Credits.parse(figures[1]));
                actual = actual.plus(Credits.parse(figures[2]));
            }
        }
        assertThat(runs).isGreaterThan(2);
        for (String grouping : List.of("test", "project", "action")) {
            Reply accuracy = accuracy(grouping);
            assertThat(accuracy.all("total/runs", "total/estimated", "total/actual"))
                    .as(grouping)
                    .isEqualTo(runs + " " + estimated + " " + actual);
            assertThat(sum(accuracy, "estimated")).as(grouping).isEqualTo(estimated);
            assertThat(sum(accuracy, "actual")).as(grouping).isEqualTo(actual);
            assertThat(accuracy.json().at("/total").toString())
                    .isEqualTo(accuracy("test").json().at("/total").toString());
        }
    }

    private void act(SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> start(random);
            case 2, 3, 4 -> debit(any(random, running), random);
            case 5 -> debit(any(random, finished), random);
            case 6 -> {
                String debit = any(random, debits);
                if (debit != null) {
                    // what there is left of it, if anything
                    customer.reverse(
                            debit, random.nextBoolean() ? "{'reason': 'x'}" : "{'credits': 0.000001, 'reason': 'x'}");
                }
            }
            default -> finish(random);
        }
    }

    private static @Nullable String any(SplittableRandom random, List<String> ids) {
        return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    }

    private static String amount(SplittableRandom random) {
        return new Credits(random.nextLong(1, 50_000_000)).toString();
    }

    private void start(SplittableRandom random) {
        String estimate = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "'estimate': " + amount(random) + ", ";
            default ->
                "'estimate': [{'action': 'POST:/personas', 'quantity': %d}, {'action': '/responses', 'quantity': 2}], "
                        .formatted(random.nextInt(1, 5));
        };
        String parent = random.nextInt(3) == 0 ? any(random, running) : null;
        running.add(post(
                        "/runs",
                        estimate
                                + (parent == null ? "" : "'parent_run_id': '" + parent + "', ")
                                + (random.nextBoolean() ? "'test_id': 't" + random.nextInt(2) + "', " : "")
                                + "'project_id': 'p" + random.nextInt(2) + "'")
                .at("run_id"));
    }

    private void debit(@Nullable String run, SplittableRandom random) {
        if (run != null) {
            String action = random.nextInt(4) == 0 ? "" : "'action': '" + any(random, ACTIONS) + "', ";
            debits.add(post("/runs/" + run + "/debits", action + "'credits': " + amount(random))
                    .at("id"));
        }
    }

    private void finish(SplittableRandom random) {
        String run = any(random, running);
        if (run != null) {
            String status = List.of("success", "failed", "success", "canceled").get(random.nextInt(4));
            Customer.post(customer.path("/runs/" + run + "/finish"), "{'status': '" + status + "'}")
                    .is(200);
            running.remove(run);
            finished.add(run);
        }
    }

    private Reply post(String path, String fields) {
        return Customer.post(customer.path(path), Customer.newKey(), "{" + fields + "}")
                .is(201);
    }

    private Reply accuracy(String grouping) {
        return Customer.get(customer.path("/estimate-accuracy?limit=1000&group_by=" + grouping))
                .is(200);
    }

    private static Credits sum(Reply accuracy, String figure) {
        return accuracy.rows("data", figure).stream().map(Credits::parse).reduce(Credits.ZERO, Credits::plus);
    }

    @Test
    void whatComesAfterTheEndIsOfItsAction() {
        String run = post("/runs", "'estimate': 10").at("run_id");
        String debit = post("/runs/" + run + "/debits", "'action': '/mave/chat', 'credits': 5")
                .at("id");
        Customer.post(customer.path("/runs/" + run + "/finish"), "{'status': 'success'}")
                .is(200);

        post("/runs/" + run + "/debits", "'action': '/mave/chat', 'credits': 2");
        post("/runs/" + run + "/debits", "'action': '/responses', 'credits': 0.5");
        customer.reverse(debit, "{'credits': 4, 'reason': 'x'}").is(201);

        assertThat(accuracy("action").rows("data", "action", "runs", "estimated", "actual"))
                .containsExactly("/mave/chat 1 0 3", "/responses 1 0 0.5", "null 1 10 0");
        assertThat(accuracy("action").all("total/runs", "total/estimated", "total/actual"))
                .isEqualTo("1 10 3.5");
    }
}
