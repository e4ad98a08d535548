package ai.mavster.credits.event;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events are found by who they are of, what they are and when they were written; and an account's one after another. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EventsTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void anEventSaysWhatHappenedToWhomAndWhen() {
        Customer customer = Customer.onTestClock("2026-11-21T18:39:00Z");
        Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 12.5, 'note': 'A gift', 'amount': {'value': 100, 'currency': 'EUR'}}")
                .is(201);
        Reply list = Customer.get(customer.path("/events")).is(200);
        assertThat(list.all("data/0/type", "data/0/timestamp", "data/0/version"))
                .isEqualTo("top_up.posted 2026-11-21T18:39:00Z 1");
        assertThat(list.body())
                .contains(
                        "\"data\":{\"account_id\":\"" + customer.id + "\",\"sequence\":1,\"grant_id\":\"grant_",
                        "\"credits\":12.5,\"balance\":12.5,\"held\":0,\"available\":12.5,\"owed\":0,\"amount\":{\"value\":100.00,\"currency\":\"EUR\"}}");
        Reply one = Customer.get("/v1/events/" + list.at("data/0/id")).is(200);
        assertThat(one.json()).isEqualTo(list.json().at("/data/0"));
        assertThat(list.body()).doesNotContain("gift");
    }

    @Test
    void whoRemembersTheLastNumberMissesNone() {
        Customer customer = Customer.create();
        for (int i = 0; i < 5; i++) {
            customer.topUp("1").is(201);
        }
        Reply first = Customer.get(customer.path("/events?limit=2")).is(200);
        assertThat(first.rows("data", "data/sequence")).containsExactly("1", "2");
        Reply second = Customer.get(customer.path("/events?limit=2&cursor=" + first.at("next_cursor")))
                .is(200);
        assertThat(second.rows("data", "data/sequence")).containsExactly("3", "4");
        Reply rest = Customer.get(customer.path("/events?after=4")).is(200);
        assertThat(rest.rows("data", "data/sequence")).containsExactly("5");
        assertThat(rest.all("has_more", "next_cursor")).isEqualTo("false null");
        assertThat(Customer.get(customer.path("/events?after=5")).is(200).rows("data", "id"))
                .isEmpty();
    }

    @Test
    void ofAllAccountsTheNewestComeFirst() {
        Customer one = Customer.create();
        Customer other = Customer.create();
        one.topUp("1").is(201);
        other.topUp("2").is(201);
        one.grant("3", "").is(201);
        assertThat(Customer.get("/v1/events?limit=3").is(200).rows("data", "data/credits"))
                .containsExactly("3", "2", "1");
        assertThat(Customer.get("/v1/events?limit=3&types=grant.posted,grant.skipped&account_id=" + one.id)
                        .is(200)
                        .rows("data", "data/credits"))
                .containsExactly("3");
        assertThat(pages("/v1/events?limit=1&account_id=" + one.id)).containsExactly("3", "1");
    }

    private static List<String> pages(String path) {
        List<String> credits = new ArrayList<>();
        Reply page = Customer.get(path).is(200);
        credits.addAll(page.rows("data", "data/credits"));
        while (page.at("next_cursor") != null) {
            page = Customer.get(path + "&cursor=" + page.at("next_cursor")).is(200);
            credits.addAll(page.rows("data", "data/credits"));
        }
        return credits;
    }

    @Test
    void timesAreThoseOfWriting() {
        Instant start = idsAre().plus(Duration.ofHours(1));
        Customer customer = Customer.create();
        for (int i = 0; i < 3; i++) {
            clock.stopAt(start.plusSeconds(i));
            customer.topUp(String.valueOf(i + 1)).is(201);
        }
        clock.stopAt(start.plusSeconds(60));
        String path = "/v1/events?account_id=" + customer.id;
        assertThat(pages(path + "&from=" + start.plusSeconds(1))).containsExactly("3", "2");
        assertThat(pages(path + "&to=" + start.plusSeconds(1))).containsExactly("1");
        assertThat(pages(path + "&from=" + start.plusSeconds(1) + "&to=" + start.plusSeconds(2)))
                .containsExactly("2");
        assertThat(pages(path + "&order=asc&limit=2")).containsExactly("1", "2", "3");
    }

    /** What a transaction that is not committed yet may still come before is not passed by. */
    @Test
    void forwardsOnlyWhatIsSettledIsShown() {
        clock.stopAt(idsAre());
        Customer customer = Customer.create();
        customer.topUp("1").is(201);
        String path = "/v1/events?order=asc&account_id=" + customer.id;
        clock.stopAt(idsAre());
        assertThat(pages(path.replace("order=asc&", ""))).containsExactly("1");
        assertThat(pages(path)).isEmpty();
        clock.stopAt(idsAre().plusSeconds(31));
        assertThat(pages(path)).containsExactly("1");
    }

    /** The time of ids never goes back, though that of the tests before did. */
    private Instant idsAre() {
        long milliseconds = UuidV7.next(clock.instant()).getMostSignificantBits() >>> 16;
        return Instant.ofEpochMilli(milliseconds)
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/events?types=grant        | types
            /v1/events?order=newest       | order
            /v1/events?account_id=a b     | account_id
            /v1/events?from=yesterday     | from
            /v1/events?cursor=bjQy        | cursor
            /v1/events?limit=1001         | limit
            /v1/events?after=1            | after
            /v1/accounts/%s/events?after=-1 | after
            /v1/accounts/%s/events?after=1.5 | after
            """)
    void whatIsWrongIsNamed(String path, String field) {
        Customer customer = Customer.create();
        Reply reply = Customer.get(path.formatted(customer.id).replace(" ", "%20"));
        assertThat(reply.is(400).at("errors/0/field")).isEqualTo(field);
    }

    @Test
    void thereIsNoSuchEvent() {
        Customer.get("/v1/events/evt_" + UUID.randomUUID()).is(404, "not_found");
        Customer.get("/v1/events/evt_1").is(404, "not_found");
        Customer.get("/v1/accounts/nobody-" + UUID.randomUUID() + "/events").is(404, "account_not_found");
    }
}
