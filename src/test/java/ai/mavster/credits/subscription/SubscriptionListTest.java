package ai.mavster.credits.subscription;

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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All subscriptions: who has not paid, who is due, who is on which plan. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SubscriptionListTest {

    private static final Instant START = Instant.parse("2033-03-01T00:00:00Z");

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static List<String> pages(String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = Customer.get("/v1/subscriptions?" + query + cursor).is(200);
            found.addAll(page.rows("data", "account_id"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
        } while (cursor != null);
        return found;
    }

    private static List<String> among(List<String> found, Customer... customers) {
        Set<String> ids = Set.of(
                java.util.Arrays.stream(customers).map(customer -> customer.id).toArray(String[]::new));
        return found.stream().filter(ids::contains).toList();
    }

    @Test
    void theyAreFoundByStatusAndPlan() {
        clock.stopAt(START);
        Customer active = Customer.on("basic");
        clock.stopAt(START.plusSeconds(1));
        Customer late = Customer.on("basic");
        late.subscribe("{'plan': 'basic', 'status': 'past_due'}").is(200);
        clock.stopAt(START.plusSeconds(2));
        Customer pro = Customer.on("pro");

        assertThat(among(pages("limit=7"), active, late, pro)).containsExactly(pro.id, late.id, active.id);
        assertThat(among(pages("limit=1000"), active, late, pro)).containsExactly(pro.id, late.id, active.id);
        assertThat(among(pages("status=past_due"), active, late, pro)).containsExactly(late.id);
        assertThat(among(pages("status=active&limit=3"), active, late, pro)).containsExactly(pro.id, active.id);
        assertThat(among(pages("plan=basic"), active, late, pro)).containsExactly(late.id, active.id);
        assertThat(among(pages("plan=basic&status=active"), active, late, pro)).containsExactly(active.id);
        assertThat(Customer.csvAt("/v1/subscriptions?status=past_due").lines())
                .contains(
                        late.id
                                + ",basic,,3000,past_due,2033-03-01T00:00:01Z,,false,2033-03-01T00:00:01Z,2033-04-01T00:00:01Z,2033-03-01T00:00:01Z");
    }

    @Test
    void thoseThatAreDueComeLongestDueFirst() {
        clock.stopAt(START);
        Customer first = Customer.on("basic");
        Customer clocked = Customer.onTestClock(START.toString());
        clocked.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        clock.stopAt(START.plusSeconds(1));
        Customer second = Customer.on("pro");
        Customer paused = Customer.on("pro");
        paused.subscribe("{'plan': 'pro', 'status': 'paused'}").is(200);
        clock.stopAt(START.plusSeconds(100));
        assertThat(among(pages("due=true"), first, second, paused, clocked)).isEmpty();

        clock.stopAt(Instant.parse("2033-04-01T00:00:01Z"));

        assertThat(among(pages("due=true"), first, second, paused, clocked)).containsExactly(first.id, second.id);
        assertThat(among(pages("due=true&limit=1"), first, second, paused, clocked))
                .containsExactly(first.id, second.id);
        assertThat(among(pages("due=true&plan=pro"), first, second)).containsExactly(second.id);
        assertThat(among(pages("due=false&status=active"), first, second)).containsExactly(second.id, first.id);
        Customer.get("/v1/subscriptions?due=true&status=paused").is(400, "invalid_request");
    }

    /** It is over, though nobody has written that down yet. */
    @Test
    void oneThatHasJustEndedIsNotListedAsActive() {
        clock.stopAt(START);
        Customer ending = Customer.on("basic");
        ending.subscribe("{'plan': 'basic', 'status': 'active', 'cancel_at_period_end': true}")
                .is(200);
        assertThat(among(pages("status=active"), ending)).containsExactly(ending.id);

        clock.stopAt(Instant.parse("2033-04-01T00:00:00Z"));

        assertThat(among(pages("status=active"), ending)).isEmpty();
        assertThat(among(pages("limit=7"), ending)).containsExactly(ending.id);
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        Customer.on("basic");
        Customer.on("basic");
        String cursor = Customer.get("/v1/subscriptions?limit=1").at("next_cursor");
        Customer.get("/v1/subscriptions?due=true&cursor=" + cursor).is(400, "invalid_request");
    }
}
