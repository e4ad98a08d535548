package ai.mavster.credits.event;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written down of what happens to an account: all of it, once, in order, and nothing else. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OutboxTest {

    @Inject
    AgroalDataSource database;

    @Test
    void whatComesInIsTold() throws SQLException {
        Customer customer = Customer.create();
        customer.topUp("12.5").is(201);
        customer.grant("3", "").is(201);
        customer.adjust("2").is(201);
        customer.adjust("-1").is(201);
        customer.topUp("-1").is(400);
        assertThat(events(
                        customer,
                        "sequence || ' ' || type || ' ' || (data ->> 'credits') || ' ' || (data ->> 'balance')"))
                .containsExactly("1 top_up.posted 12.5 12.5", "2 grant.posted 3 15.5", "3 grant.posted 2 17.5");
        assertThat(events(customer, "data ->> 'kind'")).containsExactly(null, "promotional", "adjustment");
    }

    @Test
    void aRepeatTellsNothing() throws SQLException {
        Customer customer = Customer.create();
        String key = Customer.newKey();
        Customer.post(customer.path("/top-ups"), key, "{'credits': 1}").is(201);
        Customer.post(customer.path("/top-ups"), key, "{'credits': 1}").is(201);
        assertThat(events(customer, "type")).containsExactly("top_up.posted");
    }

    @Test
    void whatBecomesOfASubscriptionIsTold() throws SQLException {
        Customer customer = Customer.onTestClock("2026-11-21T18:39:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.topUp("3000").is(201);
        customer.advance("2026-12-21T18:39:00Z").is(200);
        customer.subscribe("{'status': 'canceled', 'reason': 'Of no further use'}")
                .is(200);
        assertThat(events(customer, "type || ' ' || occurred_at::date"))
                .containsExactly(
                        "subscription.updated 2026-11-21",
                        "grant.posted 2026-11-21",
                        "top_up.posted 2026-11-21",
                        "grant.skipped 2026-12-21",
                        "subscription.updated 2026-12-21");
        assertThat(events(customer, "data ->> 'change' || ' ' || (data ->> 'status')"))
                .containsExactly("subscribed active", null, null, null, "changed canceled");
        assertThat(events(customer, "data ->> 'balance_before' || ' ' || (data ->> 'cap')"))
                .containsExactly(null, null, null, "6000 4500", null);
        assertThat(events(customer, "data::text")).noneMatch(data -> data.contains("further use"));
    }

    /** A runner that asks again and again is told of once; another reason is news. */
    @Test
    void aRunThatMayNotStartIsToldOnce() throws SQLException {
        Customer customer = Customer.having("10");
        int before = events(customer, "type").size();
        start(customer, "poor", 402);
        start(customer, "poor", 402);
        start(customer, "poorer", 402);
        customer.subscribe("{'status': 'canceled'}").is(200);
        start(customer, "poor", 402);
        List<String> all =
                events(customer, "type || ' ' || coalesce((data ->> 'run_id') || ' ' || (data ->> 'reason'), '')");
        assertThat(all.subList(before, all.size()))
                .containsExactly(
                        "run.hard_failure poor insufficient_credits",
                        "run.hard_failure poorer insufficient_credits",
                        "subscription.updated ",
                        "run.hard_failure poor subscription_required");
    }

    private static void start(Customer customer, String runId, int status) {
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': '" + runId + "', 'estimate': 11}")
                .is(status);
    }

    @Test
    void manyAtOnceAreNumberedWithoutAGap() throws Exception {
        List<Customer> customers = Stream.generate(Customer::create).limit(3).toList();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                customers.forEach(customer ->
                        calls.add(callers.submit(() -> customer.topUp("1").is(201))));
                customers.forEach(customer ->
                        calls.add(callers.submit(() -> customer.debit("1000").is(402))));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdown();
        }
        for (Customer customer : customers) {
            assertThat(events(customer, "sequence")).isEqualTo(numbers(40));
            assertThat(events(customer, "data ->> 'balance'")).isEqualTo(numbers(40));
            List<String> ids = events(customer, "event_id");
            assertThat(ids).isSorted().doesNotHaveDuplicates();
        }
    }

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toList();
    }

    @Test
    void whatIsRefusedOrReadWritesNothing() throws SQLException {
        Customer customer = Customer.having("3");
        List<String> before = events(customer, "event_id");
        customer.debit("4").is(402);
        customer.debit("1").is(201);
        customer.balance();
        Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': 40}")
                .is(200);
        assertThat(events(customer, "event_id")).isEqualTo(before);
    }

    /** One value of each event of an account, in order. */
    private List<String> events(Customer customer, String value) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT (" + value + ")::text FROM event e WHERE account_id = ? ORDER BY e.sequence")) {
            statement.setString(1, customer.id);
            List<String> values = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }
}
