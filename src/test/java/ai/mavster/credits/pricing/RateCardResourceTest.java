package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.database.Eventually;
import ai.mavster.credits.database.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rate card as administrators edit it and everyone reads it, told through HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RateCardResourceTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    @Inject
    MovableClock clock;

    @Inject
    Rates rates;

    @Inject
    RateRows rows;

    @Inject
    AgroalDataSource database;

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

    private static Reply put(String... rates) {
        return Customer.put("/v1/rate-card", "{'rates': [" + String.join(", ", rates) + "]}");
    }

    private static String rate(String action, String credits) {
        return rate(action, credits, "");
    }

    private static String rate(String action, String credits, String more) {
        return "{'action': '%s', 'unit': 'step', 'credits': %s%s}".formatted(action, credits, more);
    }

    private static String from(String instant) {
        return ", 'effective_from': '" + instant + "'";
    }

    private Reply get(String more) {
        return Customer.get("/v1/rate-card?action=" + action + more).is(200);
    }

    private List<String> history() {
        return get("&history=true").rows("data", "effective_from", "credits");
    }

    private String now() {
        List<String> credits = get("").rows("data", "credits");
        assertThat(credits).hasSizeLessThanOrEqualTo(1);
        return credits.isEmpty() ? "none" : credits.get(0);
    }

    @Test
    void whatWasPutIsReadBack() {
        Reply put = put("{'action': '" + action
                + "', 'unit': 'changed screen', 'credits': {'min': 0.5, 'max': 2}, 'note': 'As agreed'}");

        assertThat(put.is(200).at("rates/0")).isEqualTo(get("").at("data/0")).isEqualTo("""
                        {"action":"%s","unit":"changed screen","credits":{"min":0.5,"max":2},\
                        "effective_from":"2030-01-01T00:00:00Z","card":null,"note":"As agreed",\
                        "created_at":"2030-01-01T00:00:00Z","created_by":"first admin key"}""".formatted(action));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # sent                                     | told
            12.5                                       | 12.5
            0                                          | 0
            0.000001                                   | 0.000001
            1000000000                                 | 1000000000
            999999999.999999                           | 999999999.999999
            1E+2                                       | 100
            -0.0                                       | 0
            {'min': 10, 'max': 50}                     | {"min":10,"max":50}
            {'max': 0.000001, 'min': 0}                | {"min":0,"max":0.000001}
            {'min': 999999999.999999, 'max': 1e9}      | {"min":999999999.999999,"max":1000000000}
            {'min': 5, 'max': 5.000000}                | 5
            """)
    void aPriceIsKeptExactly(String sent, String told) {
        assertThat(put(rate(action, sent)).is(200).at("rates/0/credits")).isEqualTo(told);
        assertThat(now()).isEqualTo(told);
        assertThat(put(rate(action, sent)).is(200).at("rates/0/credits")).isEqualTo(told);
        assertThat(history()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # a rate                                                  | field                    | message
            {'unit': 'u', 'credits': 1}                               | rates[1].action          | must not be null
            {'action': 'a b', 'unit': 'u', 'credits': 1}              | rates[1].action          | must match "[A-Za-z0-9._:/@-]{1,128}"
            {'action': 'a', 'credits': 1}                             | rates[1].unit            | must not be null
            {'action': 'a', 'unit': '', 'credits': 1}                 | rates[1].unit            | must be 1 to 50 characters, none of them a control character
            {'action': 'a', 'unit': '123456789012345678901234567890123456789012345678901', 'credits': 1} | rates[1].unit | must be 1 to 50 characters, none of them a control character
            {'action': 'a', 'unit': 'a\\u0000b', 'credits': 1}        | rates[1].unit            | must be 1 to 50 characters, none of them a control character
            {'action': 'a', 'unit': 1, 'credits': 1}                  | rates[1].unit            | must be a string
            {'action': 'a', 'unit': 'u', 'credits': 1, 'note': ''}    | rates[1].note            | must be 1 to 500 characters, none of them a control character
            {'action': 'a', 'unit': 'u'}                              | rates[1].credits         | must be given; null withdraws the action
            {'action': 'a', 'unit': 'u', 'credits': '1'}              | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': ''}               | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': true}             | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': [1, 2]}           | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': -0.000001}        | rates[1].credits         | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': 1000000000.000001} | rates[1].credits        | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': 1e400}            | rates[1].credits         | is out of range
            {'action': 'a', 'unit': 'u', 'credits': 0.0000001}        | rates[1].credits         | must have at most 6 decimals
            {'action': 'a', 'unit': 'u', 'credits': {}}               | rates[1].credits.min     | must not be null
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1}}       | rates[1].credits.max     | must not be null
            {'action': 'a', 'unit': 'u', 'credits': {'min': null, 'max': 1}} | rates[1].credits.min | must not be null
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': '2'}} | rates[1].credits.max | must be a number
            {'action': 'a', 'unit': 'u', 'credits': {'min': -1, 'max': 1}} | rates[1].credits.min | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': 1000000001}} | rates[1].credits.max | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': 2.0000001}} | rates[1].credits.max | must have at most 6 decimals
            {'action': 'a', 'unit': 'u', 'credits': {'min': 2, 'max': 1.999999}} | rates[1].credits.max | must be at least min
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': 2, 'mid': 1}} | rates[1].credits.mid | is not a known field
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'min': 1, 'max': 2}} | rates[1].credits.min | is given more than once
            {'action': 'a', 'unit': 'u', 'credits': 1, 'card': 'c'}   | rates[1].card            | is not a known field
            {'action': 'a', 'unit': 'u', 'credits': 1, 'effective_from': '2030-01-01'} | rates[1].effective_from | must be an instant such as 2026-11-21T18:39:00Z, from the year 1 to 9999
            {'action': 'a', 'unit': 'u', 'credits': 1, 'effective_from': '2029-12-31T23:59:59.999999Z'} | rates[1].effective_from | must not be in the past: what was debited there was priced already
            null                                                      | rates[1]                 | must not be null
            1                                                         | rates[1]                 | must be an object
            """)
    void whatIsWrongIsNamedAndNothingIsPut(String wrong, String field, String message) {
        Reply refused = put(rate(action, "1"), wrong.replace("\"", "'")).is(400, "invalid_request");

        assertThat(refused.rows("errors", "field", "message")).containsExactly(field + " " + message);
        assertThat(history()).isEmpty();
    }

    @Test
    void onePutHasOneToAThousandRates() {
        put().is(400, "invalid_request");
        String[] thousand = IntStream.range(0, 1000)
                .mapToObj(i -> rate(action, "" + i, from(START.plusSeconds(i).toString())))
                .toArray(String[]::new);
        String[] more = java.util.Arrays.copyOf(thousand, 1001);
        more[1000] = rate(action + "-more", "1");

        assertThat(put(more).is(400).at("errors/0/field")).isEqualTo("rates");
        assertThat(put(thousand).is(200).rows("rates", "credits")).hasSize(1000).endsWith("999");
        assertThat(get("&history=true&limit=1000").rows("data", "credits"))
                .hasSize(1000)
                .startsWith("999");
    }

    @Test
    void aVersionIsInForceFromItsInstantUntilTheNext() {
        put(
                        rate(action, "1"),
                        rate(action, "2", from("2030-02-01T00:00:00Z")),
                        rate(action, "null", from("2030-03-01T00:00:00Z")),
                        rate(action, "4", from("2030-04-01T00:00:00Z")))
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
            seen.add(now());
        }

        assertThat(seen).containsExactly("none", "1", "1", "2", "none", "4");
        assertThat(get("&at=2030-02-28T23:59:59.999999Z").rows("data", "credits"))
                .containsExactly("2");
        assertThat(get("&at=2030-03-01T01:00:00%2B01:00").rows("data", "credits"))
                .isEmpty();
        assertThat(get("&at=2029-01-01T00:00:00Z").rows("data", "credits")).isEmpty();
        assertThat(history())
                .containsExactly(
                        "2030-04-01T00:00:00Z 4",
                        "2030-03-01T00:00:00Z null",
                        "2030-02-01T00:00:00Z 2",
                        "2030-01-01T00:00:00Z 1");
    }

    @Test
    void aRepeatIsNoChange() throws Exception {
        String[] wanted = {rate(action, "1"), rate(action, "2", from("2031-01-01T00:00:00Z"))};
        Reply first = put(wanted).is(200);
        long revision = rates.current().revision();
        clock.stopAt(START.plus(Duration.ofDays(1)));

        Reply again = put(wanted).is(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(rates.current().revision()).isEqualTo(revision);
        // Also when what was to come is in force, or past.
        clock.stopAt(Instant.parse("2032-01-01T00:00:00Z"));
        assertThat(put(wanted[1]).is(200).at("rates/0")).isEqualTo(first.at("rates/1"));
        assertThat(history()).hasSize(2);
    }

    @Test
    void aVersionIsNeverChangedAndTheRefusalSaysWhatToDo() {
        put(rate(action, "{'min': 10, 'max': 50}", from("2030-06-01T00:00:00Z")))
                .is(200);

        Reply refused = put(rate(action, "7"), rate(action, "12", from("2030-06-01T00:00:00Z")))
                .is(409, "rate_exists");

        assertThat(refused.at("detail"))
                .isEqualTo(action + " has a rate from 2030-06-01T00:00:00Z on already, 10 to 50 credits for each step,"
                        + " and no version is ever changed. Choose a later effective_from.");
        assertThat(refused.all("title", "effective_from", "unit", "credits", "note"))
                .isEqualTo("Rate exists 2030-06-01T00:00:00Z step {\"min\":10,\"max\":50} null");
        assertThat(history()).containsExactly("2030-06-01T00:00:00Z {\"min\":10,\"max\":50}");
        put(rate(action, "12", from("2030-06-01T00:00:00.000001Z"))).is(200);
        clock.stopAt(Instant.parse("2030-06-01T00:00:00.000001Z"));
        assertThat(now()).isEqualTo("12");
    }

    @Test
    void aWithdrawnActionCanBePricedAgain() {
        put(rate(action, "5")).is(200);
        clock.stopAt(START.plusSeconds(1));
        assertThat(put(rate(action, "null")).is(200).at("rates/0/credits")).isNull();
        assertThat(now()).isEqualTo("none");
        clock.stopAt(START.plusSeconds(2));

        put(rate(action, "5")).is(200);

        assertThat(now()).isEqualTo("5");
        assertThat(history()).hasSize(3);
    }

    @Test
    void pagesStayTheSameWhileVersionsArrive() {
        put(IntStream.range(0, 7)
                        .mapToObj(i ->
                                rate(action, "" + i, from(START.plusSeconds(i).toString())))
                        .toArray(String[]::new))
                .is(200);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            Reply reply = get("&history=true&limit=3" + cursor);
            seen.addAll(reply.rows("data", "credits"));
            assertThat(reply.at("has_more")).isEqualTo(page < 2 ? "true" : "false");
            cursor = "&cursor=" + reply.at("next_cursor");
            put(rate(action, "9" + page, from(START.plusSeconds(100 + page).toString())))
                    .is(200);
        }

        assertThat(seen).containsExactly("6", "5", "4", "3", "2", "1", "0");
        assertThat(cursor).isEqualTo("&cursor=null");
    }

    @Test
    void pagesOfTheCardInForceHaveEveryActionOnce() {
        List<String> whole = Customer.get("/v1/rate-card?limit=1000").rows("data", "action");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Reply page = Customer.get("/v1/rate-card?limit=5" + cursor).is(200);
            seen.addAll(page.rows("data", "action"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
            // A new price for what was shown last does not show it twice.
            String last = seen.get(seen.size() - 1);
            if (last.startsWith("story-")) {
                clock.stopAt(clock.instant().plusSeconds(1));
                put(rate(last, "77")).is(200);
            }
        }

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

    @Test
    void ofManyPricesForOneInstantOneIsTaken() throws Exception {
        List<Reply> replies = atOnce(12, i -> put(rate(action, "" + i, from("2031-01-01T00:00:00Z"))));

        assertThat(replies).extracting(Reply::status).containsOnly(200, 409).containsOnlyOnce(200);
        assertThat(history()).hasSize(1);
    }

    @Test
    void theSameManyTimesAtOnceIsOneVersion() throws Exception {
        long before = rates.current().revision();

        List<Reply> replies = atOnce(12, i -> put(rate(action, "5")));

        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(history()).hasSize(1);
        assertThat(rates.current().revision()).isEqualTo(before + 1);
    }

    @Test
    void everyChangeRaisesTheRevision() throws Exception {
        long before = rates.current().revision();

        assertThat(atOnce(12, i -> put(rate(action + "-" + i, "1"))))
                .extracting(Reply::status)
                .containsOnly(200);

        assertThat(rates.current().revision()).isEqualTo(before + 12);
    }

    /** Else a rate that waited for others would start before them, and not be what is in force after it was answered. */
    @Test
    void whatStartsNowStartsOnceItIsItsTurn() throws Exception {
        CompletableFuture<Reply> put;
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            rows.lock(other);
            put = CompletableFuture.supplyAsync(() -> put(rate(action, "1")));
            Eventually.holds(Duration.ofSeconds(3), this::putWaits, () -> "the PUT waits for the lock");
            clock.stopAt(START.plusSeconds(1));
            other.rollback();
        }

        assertThat(put.get().is(200).at("rates/0/effective_from")).isEqualTo("2030-01-01T00:00:01Z");
    }

    private boolean putWaits() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) > 0 from pg_stat_activity"
                        + " where wait_event_type = 'Lock' and query like '%rate_card FOR UPDATE%'")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static List<Reply> atOnce(int times, IntFunction<Reply> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Callable<Reply>> requests = IntStream.range(0, times)
                    .<Callable<Reply>>mapToObj(i -> () -> request.apply(i))
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : threads.invokeAll(requests)) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            threads.shutdown();
        }
    }
}
