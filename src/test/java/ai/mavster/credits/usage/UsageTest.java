package ai.mavster.credits.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an account is told of its usage. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UsageTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private void at(String instant) {
        clock.stopAt(Instant.parse(instant));
    }

    private static Reply usage(Customer customer, String query) {
        return Customer.get(customer.path("/usage" + query)).is(200);
    }

    /** Powers of two, so that each sum tells what is in it. */
    private Customer acrossTheLeapDay() {
        at("2028-02-28T22:00:00Z");
        Customer customer = Customer.on("basic");
        at("2028-02-28T23:59:59.999999Z");
        customer.debit("1").is(201);
        at("2028-02-29T00:00:00Z");
        customer.debit("2").is(201);
        at("2028-02-29T10:59:59.999999Z");
        customer.debit("4").is(201);
        at("2028-02-29T11:00:00Z");
        customer.debit("8").is(201);
        at("2028-03-01T00:00:00Z");
        customer.debit("16").is(201);
        at("2028-03-01T05:45:00Z");
        return customer;
    }

    /** A range and its rows, as {@code start/end=credits}. */
    private record Case(String query, String... rows) {}

    @Test
    void eachDebitIsInItsHourItsDayAndItsMonth() {
        Customer customer = acrossTheLeapDay();
        List<Case> cases = List.of(
                new Case(
                        "from=2028-02-28T00:00:00Z",
                        "03-01T00/03-01T06=16",
                        "02-29T00/03-01T00=14",
                        "02-28T00/02-29T00=1"),
                new Case("from=2028-02-28T00:00:00Z&bucket=month", "03-01T00/03-01T06=16", "02-28T00/03-01T00=15"),
                new Case("from=2028-02-01T00:00:00Z&to=2028-03-01T00:00:00Z&bucket=month", "02-01T00/03-01T00=15"),
                new Case(
                        "from=2028-02-28T00:00:00Z&bucket=hour",
                        "03-01T00/03-01T01=16",
                        "02-29T11/02-29T12=8",
                        "02-29T10/02-29T11=4",
                        "02-29T00/02-29T01=2",
                        "02-28T23/02-29T00=1"),
                new Case("from=2028-02-29T00:00:00Z&to=2028-03-01T00:00:00Z", "02-29T00/03-01T00=14"),
                new Case("from=2028-02-29T11:00:00Z", "03-01T00/03-01T06=16", "02-29T11/03-01T00=8"),
                new Case(
                        "from=2028-02-28T23:00:00Z&to=2028-02-29T11:00:00Z",
                        "02-29T00/02-29T11=6",
                        "02-28T23/02-29T00=1"),
                new Case("from=2028-02-29T10:30:00Z&to=2028-02-29T10:31:00Z"),
                new Case("from=2028-02-29T10:00:00Z&to=2028-02-29T10:59:59.999999Z"),
                new Case(
                        "from=2028-02-29T10:59:59.999999Z&to=2028-02-29T11:00:00Z",
                        "02-29T10:59:59.999999Z/02-29T11=4"),
                new Case(
                        "from=2028-02-29T11:00:00Z&to=2028-02-29T11:00:00.000001Z",
                        "02-29T11/02-29T11:00:00.000001Z=8"),
                new Case("from=2028-02-29T10:59:59.999999Z&bucket=none", "02-29T10:59:59.999999Z/03-01T06=28"),
                new Case("from=2028-02-29T00:00:00.000001Z&bucket=none", "02-29T00:00:00.000001Z/03-01T06=28"),
                new Case("from=2028-02-28T23:30:00Z&to=2028-02-28T23:45:00Z&bucket=month"),
                new Case(
                        "from=2028-02-28T23:30:00Z&to=2028-02-29T00:00:00Z&bucket=month", "02-28T23:30:00Z/02-29T00=1"),
                new Case("from=2028-02-29T12:00:00Z&to=2028-03-01T00:00:00Z"),
                new Case("from=2028-02-29T12:00:00%2B02:00&to=2028-02-29T13:00:00%2B02:00", "02-29T10/02-29T11=4"));
        for (Case one : cases) {
            Reply answer = usage(customer, "?" + one.query);
            assertThat(answer.rows("data", "start", "end", "credits").stream()
                            .map(row -> row.replace("2028-", "")
                                    .replace(":00:00Z", "")
                                    .replaceAll("(\\S+) (\\S+) (\\S+)", "$1/$2=$3"))
                            .toList())
                    .as(one.query)
                    .containsExactly(one.rows);
            assertThat(answer.at("totals/credits"))
                    .as(one.query)
                    .isEqualTo(Integer.toString(answer.rows("data", "credits").stream()
                            .mapToInt(Integer::parseInt)
                            .sum()));
        }
    }

    @Test
    void theRangeIsToldAsItWasUsed() {
        Customer customer = acrossTheLeapDay();

        assertThat(usage(customer, "?from=2028-02-29T10:30:00Z&to=2028-02-29T10:31:00Z")
                        .all("from", "to", "bucket", "group_by"))
                .isEqualTo("2028-02-29T10:30:00Z 2028-02-29T10:31:00Z day []");
        assertThat(usage(customer, "?bucket=hour").all("from", "to"))
                .isEqualTo("2028-01-31T00:00:00Z 2028-03-01T06:00:00Z");
        assertThat(usage(customer, "?from=2028-02-29T00:00:00Z&to=2029-01-01T00:00:00Z")
                        .all("from", "to"))
                .isEqualTo("2028-02-29T00:00:00Z 2028-03-01T06:00:00Z");
        assertThat(usage(customer, "?to=2028-02-29T00:00:00Z").all("from", "to", "totals/credits"))
                .isEqualTo("2028-01-30T00:00:00Z 2028-02-29T00:00:00Z 1");
        at("2028-03-01T06:00:00Z");
        assertThat(usage(customer, "?bucket=day").all("to", "time_zone")).isEqualTo("2028-03-01T06:15:00Z UTC");
    }

    private Customer ofManyKinds() {
        at("2028-05-10T08:00:00Z");
        Customer customer = Customer.on("basic");
        customer.debit("40", ", 'action': '/mave/chat', 'project_id': 'p1', 'workspace_id': 'w', 'test_id': 't1'")
                .is(201);
        customer.debit("60", ", 'action': '/mave/chat', 'quantity': 2.5, 'project_id': 'p1'")
                .is(201);
        customer.debit("51", ", 'action': '/mave/chat', 'project_id': 'p2'").is(201);
        customer.debit("7", ", 'project_id': 'p2', 'test_id': 't1'").is(201);
        Customer.post(customer.path("/debits"), Customer.newKey(), "{'action': 'GET:/personas', 'quantity': 3}")
                .is(201);
        return customer;
    }

    @Test
    void isToldApartByWhatItWasFor() {
        Customer customer = ofManyKinds();
        String range = "?from=2028-05-10T00:00:00Z";

        assertThat(usage(customer, range).rows("data", "credits", "debits", "quantity", "reversed", "outliers"))
                .containsExactly("158 5 8.5 0 1");
        assertThat(usage(customer, range + "&group_by=action")
                        .rows("data", "action", "credits", "debits", "quantity", "outliers"))
                .containsExactly("null 7 1 1 0", "/mave/chat 151 3 4.5 1", "GET:/personas 0 1 3 0");
        assertThat(usage(customer, range + "&group_by=project,test").rows("data", "project_id", "test_id", "credits"))
                .containsExactly("null null 0", "p1 null 60", "p1 t1 40", "p2 null 51", "p2 t1 7");
        assertThat(usage(customer, range + "&group_by=workspace&test_id=t1").rows("data", "workspace_id", "credits"))
                .containsExactly("null 7", "w 40");
        assertThat(usage(customer, range + "&action=%2Fmave%2Fchat&project_id=p1")
                        .at("totals/credits"))
                .isEqualTo("100");
        assertThat(usage(customer, range + "&workspace_id=w").at("totals/credits"))
                .isEqualTo("40");
        List<String> fields = new ArrayList<>();
        usage(customer, range + "&group_by=test")
                .json()
                .at("/data/0")
                .fieldNames()
                .forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly("start", "end", "test_id", "credits", "debits", "quantity", "reversed", "outliers");
    }

    @Test
    void whatIsGivenBackCountsWhenItIsGivenBack() {
        at("2028-05-10T08:00:00Z");
        Customer customer = Customer.on("basic");
        String debit = customer.debit("10", ", 'action': 'tap', 'quantity': 2").at("id");
        String key = Customer.newKey();
        at("2028-05-10T09:00:00Z");
        for (int i = 0; i < 2; i++) {
            Customer.post(customer.path("/debits/" + debit + "/reversals"), key, "{'credits': 4, 'reason': 'R'}")
                    .is(201);
        }
        customer.reverse(debit, "{'credits': 7, 'reason': 'too much'}").is(422);
        customer.debit("100000", ", 'action': 'tap'").is(402);

        assertThat(usage(customer, "?bucket=hour&group_by=action")
                        .rows("data", "start", "action", "credits", "debits", "quantity", "reversed"))
                .containsExactly("2028-05-10T09:00:00Z tap -4 0 0 4", "2028-05-10T08:00:00Z tap 10 1 2 0");
        assertThat(usage(customer, "?bucket=day").rows("data", "credits", "debits", "quantity", "reversed"))
                .containsExactly("6 1 2 4");
    }

    @Test
    void aDebitThatRanDryIsNoOutlier() {
        at("2028-05-10T08:00:00Z");
        Customer customer = Customer.on("basic");
        customer.debit("2995").is(201);
        customer.debit("20", ", 'action': '/mave/chat', 'on_insufficient': 'take_available'")
                .is(201);

        assertThat(usage(customer, "?action=%2Fmave%2Fchat").rows("data", "credits", "outliers"))
                .containsExactly("5 0");
    }

    @Test
    void pageByPageNothingIsLostOrSeenTwice() {
        Customer customer = ofManyKinds();
        at("2028-05-12T08:00:00Z");
        customer.debit("1", ", 'action': 'tap'").is(201);
        String query = "?from=2028-05-10T00:00:00Z&group_by=action,project,test";
        List<String> all = usage(customer, query).rows("data", "start", "action", "project_id", "test_id", "credits");

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = usage(customer, query + "&limit=2" + cursor);
            seen.addAll(page.rows("data", "start", "action", "project_id", "test_id", "credits"));
            assertThat(page.at("totals/credits")).isEqualTo("159");
            cursor = "true".equals(page.at("has_more")) ? "&cursor=" + page.at("next_cursor") : "";
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(all).hasSize(6);
    }

    @Test
    void csvHasTheSameRows() {
        Customer customer = ofManyKinds();
        String query = "?from=2028-05-10T00:00:00Z&group_by=project,action";

        List<String> csv = List.of(customer.csv("/usage" + query + "&limit=1").split("\r\n"));
        List<String> header = List.of(csv.get(0).split(","));
        List<String> expected = new ArrayList<>();
        for (JsonNode row : usage(customer, query).json().at("/data")) {
            expected.add(String.join(
                    ",",
                    header.stream()
                            .map(name ->
                                    row.get(name).isNull() ? "" : row.get(name).asText())
                            .toList()));
        }

        assertThat(header)
                .containsExactly(
                        "start",
                        "end",
                        "project_id",
                        "action",
                        "credits",
                        "debits",
                        "quantity",
                        "reversed",
                        "outliers");
        assertThat(csv.subList(1, csv.size())).isEqualTo(expected).hasSize(4);
        assertThat(customer.csv("/usage")).startsWith("start,end,credits,debits,quantity,reversed,outliers\r\n");
    }
}
