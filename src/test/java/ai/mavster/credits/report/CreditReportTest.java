package ai.mavster.credits.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Clawbacks;
import ai.mavster.credits.ledger.LongPast;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What became of credits, over all accounts: to the millionth what the entries say. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CreditReportTest {

    private static final long SEED = 20_310_330;
    private static final int STEPS = 160;
    private static final Instant START = Instant.parse("2031-01-30T13:17:11.123456Z");
    private static final String BY_KIND = "/v1/reports/credits?group_by=account,kind";

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    private final Random random = new Random(SEED);
    private final List<String> debits = new ArrayList<>();

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void itTiesOutToTheEntries() throws SQLException {
        Instant now = START;
        clock.stopAt(now);
        List<Customer> customers =
                Stream.of("basic", "pro", "basic").map(Customer::on).toList();
        customers.forEach(customer -> customer.adjust("4.5").is(201));
        List<Instant> instants = new ArrayList<>(List.of(now.minusSeconds(1), now));
        for (int step = 0; step < STEPS; step++) {
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(1_000)));
            clock.stopAt(now);
            instants.add(random.nextBoolean() ? now : now.plusNanos(1_000));
            step(customers.get(random.nextInt(customers.size())), now);
        }
        clock.stopAt(now.plus(Duration.ofDays(1)));

        for (int i = 0; i < 12; i++) {
            Instant one = instants.get(random.nextInt(instants.size()));
            Instant other = instants.get(random.nextInt(instants.size()));
            if (!one.equals(other)) {
                ties(customers, one.isBefore(other) ? one : other, one.isBefore(other) ? other : one);
            }
        }
        ties(customers, START.minusSeconds(1), now.plusSeconds(1));
        List<String> lines = FromEntries.reported(customers.get(0).id, START.minusSeconds(1), now.plusSeconds(1));
        assertThat(lines)
                .hasSize(4)
                .allSatisfy(line -> assertThat(balanced(line)).isTrue());
    }

    private void ties(List<Customer> customers, Instant from, Instant to) throws SQLException {
        for (Customer customer : customers) {
            assertThat(FromEntries.reported(customer.id, from, to))
                    .as("%s of seed %d, from %s to %s", customer.id, SEED, from, to)
                    .isEqualTo(FromEntries.lines(database, customer.id, from, to));
        }
    }

    private static boolean balanced(String line) {
        List<BigDecimal> cells =
                Stream.of(line.split(",", -1)).skip(2).map(BigDecimal::new).toList();
        return cells.get(0)
                        .add(cells.get(1))
                        .add(cells.get(2))
                        .subtract(cells.get(3))
                        .subtract(cells.get(4))
                        .subtract(cells.get(5))
                        .add(cells.get(6))
                        .subtract(cells.get(7))
                        .subtract(cells.get(8))
                        .add(cells.get(9))
                        .compareTo(cells.get(10))
                == 0;
    }

    private void step(Customer customer, Instant now) {
        switch (random.nextInt(13)) {
            case 0 -> customer.topUp("12.000001").is(201);
            case 1 ->
                customer.grant("7.5", ", 'expires_at': '" + now.plus(Duration.ofHours(1 + random.nextInt(48))) + "'")
                        .is(201);
            case 2 -> {
                if (!debits.isEmpty()) {
                    assertThat(customer.reverse(
                                            debits.get(random.nextInt(debits.size())),
                                            "{'credits': 0.0005, 'reason': 'R'}")
                                    .status())
                            .isIn(201, 404, 422);
                }
            }
            // What has fallen due comes first.
            case 3 ->
                customer.subscribe("{'plan': '" + (random.nextBoolean() ? "basic" : "pro") + "', 'status': 'active'}")
                        .is(200);
            case 4 -> {
                List<String> grants = customer.grants().rows("data", "grant_id");
                String grant = grants.get(random.nextInt(grants.size()));
                assertThat(customer.takeBack(grant, "{'credits': 0.75, 'reason': 'R'}")
                                .status())
                        .isIn(201, 422);
            }
            case 5 ->
                assertThat(customer.adjust(random.nextBoolean() ? "-3.25" : "4.5")
                                .status())
                        .isIn(201, 422);
            case 6 -> unlessMonthly(customer, grant -> Clawbacks.clawBack(customer, grant, "0.25"));
            case 7 -> unlessMonthly(customer, grant -> Clawbacks.reinstate(customer, grant, "0.25"));
            default -> {
                Credits credits = Credits.of(1 + random.nextInt(900)).plus(new Credits(random.nextInt(1_000)));
                Reply debit = customer.debit(credits + ", 'on_insufficient': 'take_available'");
                if (debit.status() == 201) {
                    debits.add(debit.at("id"));
                }
            }
        }
    }

    /** A month may have granted next to nothing. */
    private static void unlessMonthly(Customer customer, Consumer<String> claim) {
        customer.grants().rows("data", "kind", "grant_id").stream()
                .filter(grant -> !grant.startsWith("monthly"))
                .findFirst()
                .ifPresent(grant -> claim.accept(grant.substring(grant.indexOf(' ') + 1)));
    }

    @Test
    void allAccountsTogetherAreTheSumOfEach() {
        Customer.having("4000").debit("12.5").is(201);
        String range = "&from=2020-01-01T00:00:00Z&to=" + Instant.now();
        Map<String, List<BigDecimal>> sums = new TreeMap<>();
        Customer.csvAt(BY_KIND + range).lines().skip(1).forEach(line -> {
            List<String> cells = List.of(line.split(",", -1));
            sums.merge(cells.get(1), numbers(cells.subList(2, cells.size())), CreditReportTest::plus);
        });
        List<String> expected = sums.entrySet().stream()
                .map(sum -> sum.getKey() + " "
                        + sum.getValue().stream()
                                .map(number -> Decimals.plain(number).toPlainString())
                                .collect(Collectors.joining(" ")))
                .toList();

        Reply report = Customer.get("/v1/reports/credits?group_by=kind" + range).is(200);

        assertThat(rows(report)).isEqualTo(expected).hasSizeGreaterThan(1);
        assertThat(report.all("has_more", "next_cursor")).isEqualTo("false null");
        assertThat(Customer.csvAt("/v1/reports/credits?group_by=kind" + range)
                        .lines()
                        .skip(1)
                        .map(line -> line.replace(',', ' ')))
                .isEqualTo(expected);
    }

    private static List<String> rows(Reply report) {
        return report.rows(
                "data",
                "kind",
                "opening",
                "granted",
                "bought",
                "used",
                "expired",
                "voided",
                "reversed",
                "clawed_back",
                "settled",
                "reinstated",
                "closing");
    }

    private static List<BigDecimal> numbers(List<String> cells) {
        return cells.stream().map(BigDecimal::new).toList();
    }

    private static List<BigDecimal> plus(List<BigDecimal> some, List<BigDecimal> others) {
        List<BigDecimal> sums = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            sums.add(some.get(i).add(others.get(i)));
        }
        return sums;
    }

    /** What was given under one plan stays there, whatever the plan is when it is used. */
    @Test
    void creditsBelongToThePlanThatTheyWereGivenUnder() {
        clock.stopAt(START);
        Customer customer = Customer.create();
        customer.topUp("5").is(201);
        clock.stopAt(START.plusSeconds(1));
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.topUp("10").is(201);
        clock.stopAt(START.plusSeconds(2));
        customer.subscribe("{'plan': 'pro', 'status': 'active'}").is(200);
        customer.topUp("20").is(201);
        customer.debit("3001").is(201);
        clock.stopAt(START.plusSeconds(3));
        customer.subscribe("{'plan': 'pro', 'status': 'canceled'}").is(200);
        customer.topUp("40").is(201);
        clock.stopAt(START.plusSeconds(4));

        String csv = Customer.csvAt("/v1/reports/credits?group_by=account,kind,plan&from=" + START.minusSeconds(1)
                + "&to=" + START.plusSeconds(4));

        assertThat(csv.lines()
                        .filter(line -> line.startsWith(customer.id))
                        .map(line -> line.substring(customer.id.length() + 1)))
                .containsExactly(
                        "monthly,basic,0,3000,0,3000,0,0,0,0,0,0,0",
                        "top_up,basic,0,0,10,0,0,0,0,0,0,0,10",
                        "top_up,pro,0,0,20,0,0,0,0,0,0,0,20",
                        "top_up,,0,0,45,1,0,0,0,0,0,0,44");
    }

    /** Each credit of a top-up stands for its part of what was paid, and no cent is lost. */
    @Test
    void moneyGoesWithTheCreditsThatItWasPaidFor() {
        clock.stopAt(START);
        Customer customer = Customer.create();
        topUp(customer, "{'credits': 3, 'amount': {'value': 10.00, 'currency': 'EUR'}}");
        topUp(customer, "{'credits': 1000, 'amount': {'value': 5000, 'currency': 'JPY'}}");
        customer.topUp("7").is(201);
        clock.stopAt(START.plusSeconds(10));
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.debit("3001").is(201);
        clock.stopAt(START.plusSeconds(20));
        String debit = customer.debit("1").at("id");
        customer.reverse(debit, "{'credits': 0.5, 'reason': 'half'}").is(201);
        clock.stopAt(START.plusSeconds(30));

        assertThat(money(customer, 0, 10))
                .containsExactly(
                        "EUR,0,0,3,0,0,0,0,0,0,0,3,0.00,10.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,10.00",
                        "JPY,0,0,1000,0,0,0,0,0,0,0,1000,0,5000,0,0,0,0,0,0,0,5000",
                        ",0,0,7,0,0,0,0,0,0,0,7,,,,,,,,,,");
        assertThat(money(customer, 10, 20))
                .containsExactly(
                        "EUR,3,0,0,1,0,0,0,0,0,0,2,10.00,0.00,3.33,0.00,0.00,0.00,0.00,0.00,0.00,6.67",
                        "JPY,1000,0,0,0,0,0,0,0,0,0,1000,5000,0,0,0,0,0,0,0,0,5000",
                        ",7,3000,0,3000,0,0,0,0,0,0,7,,,,,,,,,,");
        assertThat(money(customer, 20, 30).get(0))
                .isEqualTo("EUR,2,0,0,1,0,0,0.5,0,0,0,1.5,6.67,0.00,3.34,0.00,0.00,1.67,0.00,0.00,0.00,5.00");
        Reply json = Customer.get(
                        "/v1/reports/credits?group_by=currency&from=" + START + "&to=" + START.plusSeconds(10))
                .is(200);
        int yen = json.rows("data", "currency").indexOf("JPY");
        assertThat(json.all("data/" + yen + "/bought", "data/" + yen + "/paid/0/received"))
                .isEqualTo("1000 5000");
    }

    private static void topUp(Customer customer, String body) {
        Customer.post(customer.path("/top-ups"), Customer.newKey(), body).is(201);
    }

    private static List<String> money(Customer customer, int from, int to) {
        return Customer.csvAt("/v1/reports/credits?group_by=account,currency&from=" + START.plusSeconds(from) + "&to="
                        + START.plusSeconds(to))
                .lines()
                .filter(line -> line.startsWith(customer.id))
                .map(line -> line.substring(customer.id.length() + 1))
                .toList();
    }

    @Test
    void accountsOnTestClocksAreInNone() {
        Customer customer = Customer.onTestClock("2026-11-21T18:39:00Z");
        customer.topUp("5").is(201);
        assertThat(Customer.csvAt(BY_KIND + "&from=2020-01-01T00:00:00Z&to=2090-01-01T00:00:00Z"))
                .doesNotContain(customer.id);
    }

    @Test
    void pagesByAccountAreTheWholeReport() {
        clock.stopAt(START.minusSeconds(100));
        List<Customer> customers = List.of(Customer.having("10"), Customer.create(), Customer.having("20"));
        clock.stopAt(START.minusSeconds(90));
        String range = "&from=" + START.minusSeconds(100) + "&to=" + START.minusSeconds(90);
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = Customer.get(BY_KIND + range + "&limit=70" + cursor).is(200);
            page.rows(
                            "data",
                            "account_id",
                            "kind",
                            "opening",
                            "granted",
                            "bought",
                            "used",
                            "expired",
                            "voided",
                            "reversed",
                            "clawed_back",
                            "settled",
                            "reinstated",
                            "closing")
                    .forEach(row -> found.add(row.replace(' ', ',')));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
            assertThat(page.at("has_more")).isEqualTo(String.valueOf(cursor != null));
        } while (cursor != null);

        assertThat(found)
                .isEqualTo(Customer.csvAt(BY_KIND + range).lines().skip(1).toList())
                .contains(customers.get(0).id + ",monthly,0,3000,0,2990,0,0,0,0,0,0,10")
                .contains(customers.get(2).id + ",monthly,0,3000,0,2980,0,0,0,0,0,0,20")
                .noneMatch(line -> line.startsWith(customers.get(1).id));
    }

    /** More entries than one statement adds up. */
    @Test
    void aLongPastIsAddedUpPartByPart() throws SQLException {
        Customer customer = Customer.having("3000");
        LongPast.give(TestDatabase.shared(), customer.id, 45_000);

        List<String> lines = FromEntries.reported(customer.id, Instant.parse("2020-01-01T00:00:00Z"), Instant.now());

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith(customer.id + ",monthly,").contains(",3000,0,0.044999,0,0,0,0,0,0,");
    }

    @Test
    void withoutARangeItIsTheLastMonth() {
        clock.stopAt(Instant.parse("2031-03-15T12:00:00Z"));
        assertThat(Customer.get("/v1/reports/credits").is(200).all("from", "to", "group_by/0"))
                .isEqualTo("2031-02-01T00:00:00Z 2031-03-01T00:00:00Z kind");
        assertThat(Customer.get("/v1/reports/credits?from=2031-03-01T00:00:00Z&to=2032-01-01T00:00:00Z")
                        .is(200)
                        .all("from", "to"))
                .isEqualTo("2031-03-01T00:00:00Z 2031-03-15T12:00:00Z");
        assertThat(Customer.get("/v1/reports/credits?to=2031-02-01T00:00:00Z")
                        .is(200)
                        .all("from", "to"))
                .isEqualTo("2031-01-01T00:00:00Z 2031-02-01T00:00:00Z");
        for (String range : List.of(
                "from=2031-02-01T00:00:00Z&to=2031-02-01T00:00:00Z",
                "from=2031-02-02T00:00:00Z&to=2031-02-01T00:00:00Z",
                "from=2031-03-15T12:00:00Z")) {
            Customer.get("/v1/reports/credits?" + range).is(400, "invalid_request");
        }
    }
}
