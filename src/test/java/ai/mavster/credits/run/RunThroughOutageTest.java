package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.hold;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.run;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that goes on within its hold while the connection to the service is cut, and posts afterwards. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunThroughOutageTest {

    private static final String RUN = "offline";

    @Inject
    MovableClock clock;

    private Customer customer;
    private CutProxy proxy;
    private OfflineRunner runner;

    @BeforeEach
    void connect() throws IOException {
        customer = Customer.having("50");
        proxy = new CutProxy(RestAssured.port);
        runner = new OfflineRunner(proxy, customer, RUN);
    }

    @AfterEach
    void close() throws IOException {
        clock.reset();
        proxy.close();
    }

    private void start(String holdExpiresIn) throws IOException {
        runner.post(
                        customer.path("/runs"),
                        "start",
                        "{'run_id': '%s', 'project_id': 'p', 'test_id': 't', 'hold': 40, 'hold_expires_in': '%s'}"
                                .formatted(RUN, holdExpiresIn))
                .is(201);
        // A neighbour takes all the rest: from now on there is only what the hold has reserved.
        customer.debit("10").is(201);
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo("40 40 0");
    }

    private String spent() {
        return run(customer, RUN).at("spent");
    }

    @Test
    void eachStepLandsOnceWhateverWasLost() throws IOException {
        start("PT1H");
        runner.execute(3);
        proxy.become(CutProxy.Way.LOSES_ANSWERS);
        runner.executeUnanswered(3);
        // The runner has been told nothing, and the service has all of them, the last maybe a moment later.
        Eventually.holds(Duration.ofSeconds(30), () -> spent().equals("12"), () -> "six steps have arrived");
        proxy.become(CutProxy.Way.TEARS_REQUESTS);
        runner.executeUnanswered(2);
        proxy.become(CutProxy.Way.CUT);
        runner.executeUnanswered(4);
        assertThat(proxy.resets()).isGreaterThanOrEqualTo(9);
        assertThat(spent()).isEqualTo("12");

        proxy.become(CutProxy.Way.OPEN);
        Reply caughtUp = runner.catchUp();
        assertThat(caughtUp.rows("results", "status")).isEqualTo(Collections.nCopies(9, "201"));
        List<Boolean> replayed = caughtUp.json().at("/results").findParents("status").stream()
                .map(result -> result.has("replayed"))
                .toList();
        assertThat(replayed).containsExactly(true, true, true, false, false, false, false, false, false);
        assertThat(run(customer, RUN).all("spent", "hold/captured", "hold/remaining"))
                .isEqualTo("24 24 16");

        // In doubt once more: nothing happens.
        Reply again = runner.catchUp();
        assertThat(again.json().at("/results").findValues("replayed")).hasSize(9);
        Reply finished = finish(customer, RUN, "success").is(200);
        assertThat(finished.all("status", "spent", "reason", "refusal_count")).isEqualTo("success 24 null 0");
        assertThat(hold(finished)).isEqualTo("40 24 16 0");
        assertThat(customer.entries("?run_id=" + RUN).rows("data", "credits", "project_id", "test_id"))
                .isEqualTo(Collections.nCopies(runner.steps(), "-2 p t"));
        assertThat(Customer.get(customer.path("/usage?bucket=month&group_by=project,test&project_id=p"))
                        .is(200)
                        .rows("data", "project_id", "test_id", "credits", "debits"))
                .containsExactly("p t 24 12");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("16 0");
        isProved(customer);
    }

    /** As long as the hold lives, and be it that nobody has heard of the run for longer than others are waited for. */
    @Test
    void anOutageOfDaysIsBridgedByAHoldOfDays() throws IOException {
        start("P7D");
        proxy.become(CutProxy.Way.CUT);
        runner.executeUnanswered(20);
        clock.moveBy(Duration.ofDays(7).minusMinutes(5));
        proxy.become(CutProxy.Way.OPEN);
        assertThat(run(customer, RUN).at("status")).isEqualTo("running");
        assertThat(runner.catchUp().rows("results", "status")).isEqualTo(Collections.nCopies(20, "201"));
        assertThat(hold(run(customer, RUN))).isEqualTo("40 40 0 0");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("0 0");
        isProved(customer);
    }

    @Test
    void whenTheHoldIsOverTheyLandIfTheyCanBePaid() throws IOException {
        start("PT1H");
        proxy.become(CutProxy.Way.CUT);
        runner.executeUnanswered(5);
        clock.moveBy(Duration.ofMinutes(61));
        // Meanwhile the neighbour has taken what the hold has let go, but for six credits.
        customer.debit("34").is(201);
        proxy.become(CutProxy.Way.OPEN);
        assertThat(runner.catchUp().rows("results", "status")).containsExactly("201", "201", "201", "402", "402");
        assertThat(run(customer, RUN).all("spent", "hold/captured", "refusal_count"))
                .isEqualTo("6 0 2");

        customer.topUp("4").is(201);
        assertThat(runner.catchUp().rows("results", "status")).isEqualTo(Collections.nCopies(5, "201"));
        assertThat(spent()).isEqualTo("10");
        isProved(customer);
    }

    /** The subscription is asked at every debit, as in mid-run; the hold stays for as long as it lives. */
    @Test
    void aSubscriptionThatHasLapsedRefusesWhatWasHeld() throws IOException {
        start("PT1H");
        proxy.become(CutProxy.Way.CUT);
        runner.executeUnanswered(3);
        customer.subscribe("{'plan': 'basic', 'status': 'canceled'}").is(200);
        proxy.become(CutProxy.Way.OPEN);
        Reply refused = runner.catchUp();
        assertThat(refused.rows("results", "status")).containsExactly("402", "402", "402");
        assertThat(refused.at("results/0/problem/code")).isEqualTo("subscription_required");
        assertThat(hold(run(customer, RUN))).isEqualTo("40 0 0 40");

        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        assertThat(runner.catchUp().rows("results", "status")).containsExactly("201", "201", "201");
        assertThat(hold(run(customer, RUN))).isEqualTo("40 6 0 34");
        isProved(customer);
    }
}
