package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The runs of all accounts: what is running, and what was not allowed to. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunListTest {

    private static final Instant START = Instant.parse("2034-03-01T00:00:00Z");
    private static final String TIME = "from=" + START + "&to=" + START.plusSeconds(100);

    @Inject
    MovableClock clock;

    private final String one = RunCalls.newId();
    private final String two = RunCalls.newId();
    private final String blocked = RunCalls.newId();
    private final String done = RunCalls.newId();

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static List<String> pages(String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = Customer.get("/v1/runs?" + query + cursor).is(200);
            found.addAll(page.rows("data", "run_id"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
        } while (cursor != null);
        return found;
    }

    private List<String> mine(String query) {
        List<String> found = new ArrayList<>(pages(query));
        found.retainAll(List.of(one, two, blocked, done));
        return found;
    }

    @Test
    void theyAreFoundByStatusAccountAndTime() {
        clock.stopAt(START);
        Customer customer = Customer.having("100");
        Customer other = Customer.having("100");
        RunCalls.start(customer, RunCalls.named(one)).is(201);
        clock.stopAt(START.plusSeconds(1));
        RunCalls.start(customer, RunCalls.named(done)).is(201);
        RunCalls.finish(customer, done, "success").is(200);
        clock.stopAt(START.plusSeconds(2));
        RunCalls.start(other, RunCalls.named(blocked) + ", 'estimate': 1000").is(402);
        clock.stopAt(START.plusSeconds(3));
        RunCalls.start(other, RunCalls.named(two) + ", 'hold': 40").is(201);

        assertThat(mine(TIME)).containsExactly(two, blocked, done, one);
        assertThat(mine("limit=1&" + TIME)).containsExactly(two, blocked, done, one);
        assertThat(mine("status=running&" + TIME)).containsExactly(two, one);
        assertThat(mine("status=hard_failure,success&" + TIME)).containsExactly(blocked, done);
        assertThat(mine("status=running&account_id=" + other.id)).containsExactly(two);
        assertThat(mine("limit=1&account_id=" + customer.id)).containsExactly(done, one);
        assertThat(mine("from=" + START.plusSeconds(1) + "&to=" + START.plusSeconds(3)))
                .containsExactly(blocked, done);
        assertThat(pages("account_id=nobody")).isEmpty();
        assertThat(Customer.csvAt("/v1/runs?status=hard_failure&" + TIME).lines())
                .contains(
                        other.id + "," + blocked
                                + ",hard_failure,insufficient_credits,,,,,1000,0,0,0,,2034-03-01T00:00:02Z,2034-03-01T00:00:02Z");
    }

    /** What is held is as of now, by the account's own time. */
    @Test
    void aHoldThatHasExpiredHoldsNothing() {
        clock.stopAt(START);
        Customer customer = Customer.having("100");
        RunCalls.start(customer, RunCalls.named(one) + ", 'hold': 40, 'hold_expires_in': 'PT1M'")
                .is(201);
        String row = "/v1/runs?account_id=" + customer.id;
        assertThat(Customer.get(row).rows("data", "hold/remaining")).containsExactly("40");

        clock.stopAt(START.plusSeconds(60));

        assertThat(Customer.get(row).rows("data", "hold/remaining")).containsExactly("0");
    }
}
