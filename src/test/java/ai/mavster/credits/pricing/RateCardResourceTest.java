package ai.mavster.credits.pricing;

import static ai.mavster.credits.pricing.RateCardCalls.get;
import static ai.mavster.credits.pricing.RateCardCalls.history;
import static ai.mavster.credits.pricing.RateCardCalls.now;
import static ai.mavster.credits.pricing.RateCardCalls.put;
import static ai.mavster.credits.pricing.RateCardCalls.rate;
import static ai.mavster.credits.pricing.RateCardCalls.startingAt;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rate card as administrators edit it and everyone reads it, told through HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RateCardResourceTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    @Inject
    MovableClock clock;

    @Inject
    Rates rates;

    /** An action of its own for each story: versions stay. */
    private final String action = "story-" + UUID.randomUUID();

    @BeforeEach
    void stopTheClock() {
        clock.stopAt(START);
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void eachVersionTellsWhoPutItAndWhy() {
        Customer.put("/v1/rate-card", "{'rates': [" + rate(action, "1") + "], 'reason': 'First'}")
                .is(200);
        clock.stopAt(START.plusSeconds(60));
        Reply again = Customer.put("/v1/rate-card", "{'rates': [" + rate(action, "1") + "], 'reason': 'Again'}");
        clock.stopAt(START.plusSeconds(120));
        put(rate(action, "2")).is(200);

        assertThat(again.is(200).at("rates/0/reason")).isEqualTo("First");
        assertThat(get(action, "&history=true").rows("data", "credits", "author/type", "author/name", "reason"))
                .containsExactly("2 api_key first admin key null", "1 api_key first admin key First");
        Customer.put("/v1/rate-card", "{'rates': [" + rate(action, "1") + "], 'reason': ''}")
                .is(400, "invalid_request");
    }

    @Test
    void aVersionIsInForceFromItsInstantUntilTheNext() {
        put(
                        rate(action, "1"),
                        rate(action, "2", startingAt("2030-02-01T00:00:00Z")),
                        rate(action, "null", startingAt("2030-03-01T00:00:00Z")),
                        rate(action, "4", startingAt("2030-04-01T00:00:00Z")))
                .is(200);

        List<String> seen = new ArrayList<>();
        for (String instant : List.of(
                "2029-12-31T23:59:59.999999Z",
                "2030-01-01T00:00:00Z",
                "2030-01-31T23:59:59.999999Z",
                "2030-02-01T00:00:00Z",
                "2030-03-01T00:00:00Z",
                "2030-04-01T00:00:00Z")) {
            clock.stopAt(Instant.parse(instant));
            seen.add(now(action));
        }

        assertThat(seen).containsExactly("none", "1", "1", "2", "none", "4");
        assertThat(get(action, "&at=2030-02-28T23:59:59.999999Z").rows("data", "credits"))
                .containsExactly("2");
        assertThat(get(action, "&at=2030-03-01T01:00:00%2B01:00").rows("data", "credits"))
                .isEmpty();
        assertThat(get(action, "&at=2029-01-01T00:00:00Z").rows("data", "credits"))
                .isEmpty();
        assertThat(history(action))
                .containsExactly(
                        "2030-04-01T00:00:00Z 4",
                        "2030-03-01T00:00:00Z null",
                        "2030-02-01T00:00:00Z 2",
                        "2030-01-01T00:00:00Z 1");
    }

    @Test
    void aRepeatIsNoChange() throws Exception {
        String[] wanted = {rate(action, "1"), rate(action, "2", startingAt("2031-01-01T00:00:00Z"))};
        Reply first = put(wanted).is(200);
        long revision = rates.current().revision();
        clock.stopAt(START.plus(Duration.ofDays(1)));

        Reply again = put(wanted).is(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(rates.current().revision()).isEqualTo(revision);
        // Also when what was to come is in force, or past.
        clock.stopAt(Instant.parse("2032-01-01T00:00:00Z"));
        assertThat(put(wanted[1]).is(200).at("rates/0")).isEqualTo(first.at("rates/1"));
        assertThat(history(action)).hasSize(2);
    }

    @Test
    void aVersionIsNeverChangedAndTheRefusalSaysWhatToDo() {
        put(rate(action, "{'min': 10, 'max': 50}", startingAt("2030-06-01T00:00:00Z")))
                .is(200);

        Reply refused = put(rate(action, "7"), rate(action, "12", startingAt("2030-06-01T00:00:00Z")))
                .is(409, "rate_exists");

        assertThat(refused.at("detail"))
                .isEqualTo(action + " has a rate from 2030-06-01T00:00:00Z on already, 10 to 50 credits for each step,"
                        + " and no version is ever changed. Choose a later effective_from.");
        assertThat(refused.all("title", "effective_from", "unit", "credits", "note"))
                .isEqualTo("Rate exists 2030-06-01T00:00:00Z step {\"min\":10,\"max\":50} null");
        assertThat(history(action)).containsExactly("2030-06-01T00:00:00Z {\"min\":10,\"max\":50}");
        put(rate(action, "12", startingAt("2030-06-01T00:00:00.000001Z"))).is(200);
        clock.stopAt(Instant.parse("2030-06-01T00:00:00.000001Z"));
        assertThat(now(action)).isEqualTo("12");
    }

    @Test
    void aWithdrawnActionCanBePricedAgain() {
        put(rate(action, "5")).is(200);
        clock.stopAt(START.plusSeconds(1));
        assertThat(put(rate(action, "null")).is(200).at("rates/0/credits")).isNull();
        assertThat(now(action)).isEqualTo("none");
        clock.stopAt(START.plusSeconds(2));

        put(rate(action, "5")).is(200);

        assertThat(now(action)).isEqualTo("5");
        assertThat(history(action)).hasSize(3);
    }

    @Test
    void pagesStayTheSameWhileVersionsArrive() {
        put(IntStream.range(0, 7)
                        .mapToObj(i -> rate(
                                action, "" + i, startingAt(START.plusSeconds(i).toString())))
                        .toArray(String[]::new))
                .is(200);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            Reply reply = get(action, "&history=true&limit=3" + cursor);
            seen.addAll(reply.rows("data", "credits"));
            assertThat(reply.at("has_more")).isEqualTo(page < 2 ? "true" : "false");
            cursor = "&cursor=" + reply.at("next_cursor");
            put(rate(
                            action,
                            "9" + page,
                            startingAt(START.plusSeconds(100 + page).toString())))
                    .is(200);
        }

        assertThat(seen).containsExactly("6", "5", "4", "3", "2", "1", "0");
        assertThat(cursor).isEqualTo("&cursor=null");
    }

    @Test
    void pagesOfTheCardInForceHaveEveryActionOnce() {
        // Later than what any other story puts: none of theirs comes into force, or is withdrawn, in between.
        clock.stopAt(Instant.parse("2040-01-01T00:00:00Z"));
        put(IntStream.range(10, 22).mapToObj(i -> rate(action + i, "1")).toArray(String[]::new))
                .is(200);
        int changed = 0;
        List<String> whole = Customer.get("/v1/rate-card?limit=1000").rows("data", "action");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Reply page = Customer.get("/v1/rate-card?limit=5" + cursor).is(200);
            seen.addAll(page.rows("data", "action"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
            // A new price for what was shown last does not show it twice.
            String last = seen.get(seen.size() - 1);
            if (last.startsWith(action)) {
                changed++;
                clock.stopAt(clock.instant().plusSeconds(1));
                put(rate(last, "77")).is(200);
            }
        }

        assertThat(changed).isGreaterThanOrEqualTo(2);
        assertThat(seen).isEqualTo(whole).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(40);
    }

    @Test
    void historyIsOfNoInstant() {
        assertThat(Customer.get("/v1/rate-card?history=true&at=2030-01-01T00:00:00Z")
                        .is(400, "invalid_request")
                        .at("errors/0/field"))
                .isEqualTo("at");
        assertThat(Customer.get("/v1/rate-card?history=false&at=2030-01-01T00:00:00Z")
                        .status())
                .isEqualTo(200);
    }
}
