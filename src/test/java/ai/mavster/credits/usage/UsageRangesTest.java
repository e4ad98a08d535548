package ai.mavster.credits.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.Cursor;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose days, which rows and which of them first. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UsageRangesTest {

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

    /** Powers of two, at the edges of the days of India: half past six in the evening. */
    @Test
    void daysAndMonthsAreTheAccountsOwn() {
        at("2028-05-31T18:29:59.999999Z");
        Customer customer = Customer.on("basic");
        Customer.put(customer.path(""), "{'time_zone': 'Asia/Kolkata'}").is(200);
        customer.debit("1").is(201);
        at("2028-05-31T18:30:00Z");
        customer.debit("2").is(201);
        at("2028-06-01T18:29:59.999999Z");
        customer.debit("4").is(201);
        at("2028-06-01T18:30:00Z");
        customer.debit("8").is(201);
        String from = "?from=2028-05-30T18:30:00Z";

        assertThat(usage(customer, from).rows("data", "start", "end", "credits"))
                .containsExactly(
                        "2028-06-01T18:30:00Z 2028-06-01T18:45:00Z 8",
                        "2028-05-31T18:30:00Z 2028-06-01T18:30:00Z 6",
                        "2028-05-30T18:30:00Z 2028-05-31T18:30:00Z 1");
        assertThat(usage(customer, from + "&bucket=month").rows("data", "start", "credits"))
                .containsExactly("2028-05-31T18:30:00Z 14", "2028-05-30T18:30:00Z 1");
        assertThat(usage(customer, from + "&bucket=hour").rows("data", "start", "credits"))
                .containsExactly(
                        "2028-06-01T18:30:00Z 8",
                        "2028-06-01T17:30:00Z 4",
                        "2028-05-31T18:30:00Z 2",
                        "2028-05-31T17:30:00Z 1");
        assertThat(usage(customer, "?bucket=month").all("time_zone", "from"))
                .isEqualTo("Asia/Kolkata 2028-05-02T18:30:00Z");
        assertThat(usage(customer, from + "&bucket=month&time_zone=UTC").rows("data", "start", "credits"))
                .containsExactly("2028-06-01T00:00:00Z 12", "2028-05-30T18:30:00Z 3");
        // what was spent before is of the days of the zone as it is now
        Customer.put(customer.path(""), "{'time_zone': null}").is(200);
        assertThat(usage(customer, from).rows("data", "start", "credits"))
                .containsExactly("2028-06-01T00:00:00Z 12", "2028-05-31T00:00:00Z 3");
    }

    @Test
    void billingPeriodsAreExactToTheInstant() {
        at("2028-05-31T10:07:11.000001Z");
        Customer customer = Customer.on("basic");
        customer.debit("1").is(201);
        at("2028-06-30T10:07:11Z");
        customer.debit("2").is(201);
        at("2028-06-30T10:07:11.000001Z");
        Customer.renew("2028-06-30T10:07:11.000001Z");
        customer.debit("4").is(201);
        customer.debit("8", ", 'action': 'tap'").is(201);
        at("2028-06-30T10:10:00Z");
        customer.debit("16").is(201);

        assertThat(usage(customer, "?bucket=billing_period").rows("data", "start", "end", "credits", "debits"))
                .containsExactly(
                        "2028-06-30T10:07:11.000001Z 2028-06-30T10:15:00Z 28 3",
                        "2028-05-31T10:07:11.000001Z 2028-06-30T10:07:11.000001Z 3 2");
        assertThat(usage(customer, "?bucket=billing_period&group_by=action&from=2028-01-01T00:00:00Z")
                        .rows("data", "start", "action", "credits"))
                .containsExactly(
                        "2028-06-30T10:07:11.000001Z null 20",
                        "2028-06-30T10:07:11.000001Z tap 8",
                        "2028-05-31T10:07:11.000001Z null 3");
        Customer.get(customer.path("/usage?bucket=billing_period&from=2027-01-01T00:00:00Z"))
                .is(400);
        // without a subscription they are months
        assertThat(usage(Customer.create(), "?bucket=billing_period").all("data", "totals/debits"))
                .isEqualTo("[] 0");
    }

    @Test
    void withoutBucketsWhatTookTheMostComesFirst() {
        Customer customer = ofManyKinds();
        at("2028-05-12T08:00:00Z");
        customer.debit("100", ", 'project_id': 'p3', 'action': '/mave/chat'").is(201);
        customer.debit("1", ", 'project_id': 'p1', 'action': 'tap'").is(201);
        String query = "?from=2028-05-10T00:00:00Z&bucket=none&sort=credits&group_by=project,action";
        List<String> all = usage(customer, query).rows("data", "project_id", "action", "credits");

        assertThat(all)
                .containsExactly(
                        "p1 /mave/chat 100",
                        "p3 /mave/chat 100",
                        "p2 /mave/chat 51",
                        "p2 null 7",
                        "p1 tap 1",
                        "null GET:/personas 0");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = usage(customer, query + "&limit=1" + cursor);
            seen.addAll(page.rows("data", "project_id", "action", "credits"));
            assertThat(page.all("totals/credits", "totals/outliers")).isEqualTo("259 2");
            cursor = "true".equals(page.at("has_more")) ? "&cursor=" + page.at("next_cursor") : "";
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(all);
        assertThat(usage(customer, query + "&limit=1").all("data/0/start", "data/0/end", "bucket", "has_more"))
                .isEqualTo("2028-05-10T00:00:00Z 2028-05-12T08:15:00Z none true");
        assertThat(customer.csv("/usage" + query.replace("sort=credits", "sort=newest"))
                        .lines())
                .hasSize(7);
    }

    @Test
    void runsAreToldApartToo() {
        at("2028-05-10T08:00:00Z");
        Customer customer = Customer.on("basic");
        String debit = customer.debit("8", ", 'action': 'tap', 'run_id': 'r1'").at("id");
        customer.debit("4", ", 'run_id': 'r2'").is(201);
        customer.debit("1").is(201);
        Customer.post(
                        customer.path("/debits"),
                        Customer.newKey(),
                        "{'action': 'GET:/personas', 'quantity': 3, 'run_id': 'r1'}")
                .is(201);
        at("2028-05-11T08:00:00Z");
        customer.reverse(debit, "{'credits': 2, 'reason': 'R'}").is(201);
        String query = "?from=2028-05-10T00:00:00Z&bucket=none&group_by=run";

        Reply usage = usage(customer, query + "&sort=credits");
        assertThat(usage.rows("data", "run_id", "credits", "debits", "quantity", "reversed"))
                .containsExactly("r1 6 2 4 2", "r2 4 1 1 0", "null 1 1 1 0");
        assertThat(usage.all("totals/credits", "totals/debits", "totals/outliers"))
                .isEqualTo("11 4 null");
        assertThat(usage.json().at("/data/0").has("outliers")).isFalse();
        assertThat(usage(customer, query.replace("none", "day") + ",action&run_id=r1")
                        .rows("data", "start", "action", "run_id", "credits"))
                .containsExactly(
                        "2028-05-11T00:00:00Z tap r1 -2",
                        "2028-05-10T00:00:00Z GET:/personas r1 0",
                        "2028-05-10T00:00:00Z tap r1 8");
        assertThat(customer.csv("/usage" + query).lines())
                .first()
                .isEqualTo("start,end,run_id,credits,debits,quantity,reversed");
    }

    @Test
    void badQuestionsAreToldWhatIsWrong() {
        at("2028-05-10T08:30:00Z");
        Customer customer = Customer.create();
        record Bad(String query, String field) {}
        List<Bad> cases = List.of(
                new Bad("from=2028-05-01T00:00:00Z&to=2028-05-01T00:00:00Z", "from"),
                new Bad("from=2028-05-02T00:00:00Z&to=2028-05-01T00:00:00Z", "from"),
                new Bad("from=2028-05-10T09:00:00Z", "from"),
                new Bad("from=2027-01-01T00:00:00Z", "from"),
                new Bad("from=2028-04-01T00:00:00Z&to=2028-05-02T00:00:00.000001Z&bucket=hour", "from"),
                new Bad("from=yesterday", "from"),
                new Bad("to=2028-13-01T00:00:00Z", "to"),
                new Bad("bucket=week", "bucket"),
                new Bad("group_by=week", "group_by"),
                new Bad("time_zone=Mars/Olympus", "time_zone"),
                new Bad("sort=debits", "sort"),
                new Bad("run_id=a%20b", "run_id"),
                new Bad("sort=credits&cursor=" + Cursor.of("2028-05-01T00:00:00Z|much|a|b|c|d|e"), "cursor"),
                new Bad("group_by=action,", "group_by"),
                new Bad("project_id=a%20b", "project_id"),
                new Bad("limit=0", "limit"),
                new Bad("cursor=x", "cursor"),
                new Bad("cursor=" + Cursor.of("2028-05-01T00:00:00Z|a"), "cursor"),
                new Bad("cursor=" + Cursor.of("a|b|c|d|e"), "cursor"));
        for (Bad bad : cases) {
            assertThat(Customer.get(customer.path("/usage?" + bad.query))
                            .is(400, "invalid_request")
                            .at("errors/0/field"))
                    .as(bad.query)
                    .isEqualTo(bad.field);
        }
        assertThat(Customer.get(customer.path("/usage?" + cases.get(0).query)).at("errors/0/message"))
                .isEqualTo("must be before to");
        usage(customer, "?from=2028-04-01T00:00:00Z&to=2028-05-02T00:00:00Z&bucket=hour");
        assertThat(usage(customer, "?to=0001-01-31T00:00:00Z").at("data")).isEqualTo("[]");
        Customer.get("/v1/accounts/story-nobody/usage").is(404, "account_not_found");
        Customer.get("/v1/accounts/story-nobody/usage?bucket=day").is(404, "account_not_found");
    }
}
