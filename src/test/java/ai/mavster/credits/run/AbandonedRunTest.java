package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.beat;
import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.hold;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.named;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.IdleAccounts;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that nobody finishes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AbandonedRunTest {

    private static final Duration AFTER = Duration.ofHours(24);
    private static final Duration A_BIT = Duration.ofMinutes(5);

    @Inject
    MovableClock clock;

    @Inject
    IdleAccounts idle;

    @Inject
    AgroalDataSource database;

    @AfterEach
    void back() {
        clock.reset();
    }

    private static List<String> listed(Customer customer, String status) {
        return Customer.get(customer.path("/runs?status=" + status)).is(200).rows("data", "run_id");
    }

    private String row(Customer customer, String runId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT status || ' ' || (finished_at - seen_at) FROM run WHERE account_id = ? AND run_id = ?")) {
            statement.setString(1, customer.id);
            statement.setString(2, runId);
            ResultSet row = statement.executeQuery();
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Every read shows it from its instant on, and the job writes down the same. */
    @Test
    void aRunWithoutASignOfLifeIsAbandoned() throws SQLException {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40, 'estimate': 40").is(201).at("run_id");
        debit(customer, runId, "15").is(201);

        clock.moveBy(AFTER.minus(A_BIT));
        assertThat(run(customer, runId).all("status", "finished_at")).isEqualTo("running null");
        assertThat(hold(run(customer, runId))).isEqualTo("40 15 25 0");
        assertThat(listed(customer, "running")).containsExactly(runId);
        assertThat(listed(customer, "abandoned")).isEmpty();
        idle.settle();
        assertThat(row(customer, runId)).isEqualTo("null");

        clock.moveBy(A_BIT);
        Reply abandoned = run(customer, runId);
        assertThat(abandoned.all("status", "reason", "spent", "estimate_error")).isEqualTo("abandoned null 15 null");
        assertThat(Instant.parse(abandoned.at("finished_at")))
                .isEqualTo(Instant.parse(abandoned.at("seen_at")).plus(AFTER));
        assertThat(listed(customer, "running")).isEmpty();
        assertThat(listed(customer, "abandoned")).containsExactly(runId);
        assertThat(row(customer, runId)).isEqualTo("null");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("85 0");

        idle.settle();
        assertThat(row(customer, runId)).isEqualTo("abandoned 1 day");
        assertThat(run(customer, runId).json()).isEqualTo(abandoned.json());
        assertThat(listed(customer, "abandoned")).containsExactly(runId);
        assertThat(listed(customer, "running")).isEmpty();
        isProved(customer);
    }

    /** Once more, each of them lets it live for as long again. */
    @ParameterizedTest
    @ValueSource(
            strings = {"debit", "free debit", "refused debit", "bulk", "hold", "refused hold", "heartbeat", "below"})
    void whateverTheSignOfLife(String sign) {
        Customer customer = Customer.having("100");
        String runId = start(customer, "").is(201).at("run_id");
        String below =
                start(customer, ", 'parent_run_id': '" + runId + "'").is(201).at("run_id");
        clock.moveBy(AFTER.minus(A_BIT));
        switch (sign) {
            case "debit" -> debit(customer, runId, "1").is(201);
            case "free debit" ->
                debit(customer, runId, Customer.newKey(), "'action': 'wait'").is(201);
            case "refused debit" -> debit(customer, runId, "101").is(402);
            case "bulk" ->
                Customer.post(
                                "/v1/debits",
                                "{'debits': [{'account_id': '%s', 'idempotency_key': 'k', 'credits': 1, 'run_id': '%s'}]}"
                                        .formatted(customer.id, runId))
                        .is(200);
            case "hold" -> extend(customer, runId, Customer.newKey(), "1").is(200);
            case "refused hold" ->
                extend(customer, runId, Customer.newKey(), "101").is(402);
            case "heartbeat" -> beat(customer, runId).is(200);
            case "below" -> beat(customer, below).is(200);
            default -> throw new IllegalArgumentException(sign);
        }
        clock.moveBy(AFTER.minus(A_BIT));
        idle.settle();
        assertThat(run(customer, runId).at("status")).isEqualTo("running");
        assertThat(run(customer, below).at("status")).isEqualTo(sign.equals("below") ? "running" : "abandoned");
        clock.moveBy(A_BIT);
        assertThat(run(customer, runId).at("status")).isEqualTo("abandoned");
        isProved(customer);
    }

    /** What a hold has reserved is there until its time, for a runner that cannot reach the service meanwhile. */
    @Test
    void aRunIsNotGivenUpWhileItsHoldLives() throws SQLException {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40, 'hold_expires_in': 'P3D'")
                .is(201)
                .at("run_id");
        String other = start(customer, "").is(201).at("run_id");
        clock.moveBy(Duration.ofDays(3).minus(A_BIT));
        idle.settle();
        assertThat(run(customer, runId).at("status")).isEqualTo("running");
        assertThat(run(customer, other).at("status")).isEqualTo("abandoned");
        assertThat(listed(customer, "running")).containsExactly(runId);
        assertThat(customer.balance().all("balance", "held")).isEqualTo("100 40");

        clock.moveBy(A_BIT);
        assertThat(run(customer, runId).at("status")).isEqualTo("abandoned");
        assertThat(hold(run(customer, runId))).isEqualTo("40 0 40 0");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("100 0");
        idle.settle();
        assertThat(row(customer, runId)).isEqualTo("abandoned 3 days");
        assertThat(listed(customer, "abandoned")).containsExactlyInAnyOrder(runId, other);
        isProved(customer);
    }

    /** Also where its hold was settled before, by whatever the account was asked for. */
    @Test
    void theCloseOfTheAccountLeavesItsEndWhereItWas() throws SQLException {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40, 'hold_expires_in': 'P3D'")
                .is(201)
                .at("run_id");
        clock.moveBy(Duration.ofDays(3).plus(A_BIT));
        customer.debit("1").is(201);
        Reply abandoned = run(customer, runId);

        customer.close("").is(200);

        assertThat(row(customer, runId)).isEqualTo("abandoned 3 days");
        assertThat(run(customer, runId).json()).isEqualTo(abandoned.json());
        isProved(customer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lateDebitsLandAndTheTrueEndIsTold(boolean settled) {
        Customer customer = Customer.having("100");
        String runId = start(
                        customer,
                        ", 'hold': 40, 'estimate': [{'action': 'tap', 'quantity': 20}]"
                                .replace("'tap'", "'tap:scratch'"))
                .is(201)
                .at("run_id");
        debit(customer, runId, Customer.newKey(), "'action': 'tap:scratch', 'quantity': 10")
                .is(201);
        clock.moveBy(AFTER);
        if (settled) {
            idle.settle();
        }
        beat(customer, runId).is(409, "run_not_running");
        extend(customer, runId, Customer.newKey(), "5").is(409, "run_not_running");
        start(customer, named(runId)).is(409, "run_exists");
        start(customer, ", 'parent_run_id': '" + runId + "'").is(409, "run_not_running");
        debit(customer, runId, Customer.newKey(), "'action': 'tap:scratch', 'quantity': 15")
                .is(201);
        debit(customer, runId, "90").is(402);
        assertThat(run(customer, runId).all("status", "spent", "hold/captured", "refusal_count"))
                .isEqualTo("abandoned 25 10 0");

        Reply finished = finish(customer, runId, "success").is(200);
        assertThat(finished.all("status", "spent", "estimate_error")).isEqualTo("success 25 0.25");
        assertThat(Instant.parse(finished.at("finished_at")))
                .isAfter(Instant.parse(finished.at("seen_at")).plus(AFTER));
        assertThat(finish(customer, runId, "success").is(200).json()).isEqualTo(finished.json());
        finish(customer, runId, "failed").is(409, "run_not_running");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("75 0");
        assertThat(Customer.get(customer.path("/estimate-accuracy?group_by=action"))
                        .is(200)
                        .rows("data", "action", "runs", "actual"))
                .contains("tap:scratch 1 25");
        isProved(customer);
    }

    /** Nobody came back after it was refused: that is why it ended. */
    @Test
    void whatStoppedItIsItsReason() {
        Customer customer = Customer.having("10");
        String runId = start(customer, "").is(201).at("run_id");
        debit(customer, runId, "11").is(402);
        clock.moveBy(AFTER.plus(A_BIT));
        assertThat(run(customer, runId).all("status", "reason")).isEqualTo("abandoned insufficient_credits");
    }

    /** A heartbeat prolongs no hold, and is worth writing only now and then. */
    @Test
    void aHeartbeatOnlySaysThatItLives() throws SQLException {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");
        String expires = run(customer, runId).at("hold/expires_at");
        String seen = run(customer, runId).at("seen_at");
        assertThat(beat(customer, runId).is(200).all("status", "seen_at", "hold/expires_at"))
                .isEqualTo("running " + seen + " " + expires);

        clock.moveBy(A_BIT);
        Reply beaten = beat(customer, runId).is(200);
        assertThat(Instant.parse(beaten.at("seen_at"))).isAfter(Instant.parse(seen));
        assertThat(beaten.at("hold/expires_at")).isEqualTo(expires);
        assertThat(run(customer, runId).json()).isEqualTo(beaten.json());
        assertThat(customer.entries("?run_id=" + runId).rows("data", "seq")).isEmpty();
        finish(customer, runId, "success").is(200);
        beat(customer, runId).is(409, "run_not_running");
        beat(customer, "nobody").is(404, "run_not_found");
        isProved(customer);
    }

    /** By the account's own clock. */
    @Test
    void onATestClockItIsThatClocksTime() {
        Customer customer = Customer.onTestClock("2026-01-10T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        String runId = start(customer, "").is(201).at("run_id");
        clock.moveBy(AFTER.multipliedBy(3));
        idle.settle();
        assertThat(run(customer, runId).at("status")).isEqualTo("running");
        customer.advance("2026-01-11T00:00:00Z").is(200);
        assertThat(run(customer, runId).all("status", "finished_at")).isEqualTo("abandoned 2026-01-11T00:00:00Z");
        isProved(customer);
    }
}
