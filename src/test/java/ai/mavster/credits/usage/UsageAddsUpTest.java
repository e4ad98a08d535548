package ai.mavster.credits.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.statement.SpentSince;
import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random days of debits, reversals, grants, voids and expiries: the rollups are what the entries add up to. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UsageAddsUpTest {

    private static final long SEED = 20_280_229;
    private static final int STEPS = 250;
    private static final Instant START = Instant.parse("2028-02-27T13:17:11.123456Z");

    private static final String FROM_ENTRIES = """
            SELECT g.grain, date_bin(g.size, p.occurred_at, '2000-01-01T00:00:00Z'), coalesce(p.action, ''), coalesce(p.project_id, ''),
                   coalesce(p.workspace_id, ''), coalesce(p.test_id, ''), -sum(coalesce(e.credits, 0)),
                   count(*) FILTER (WHERE p.kind = 'debit'),
                   trim_scale(coalesce(sum(coalesce(p.quantity, 1)) FILTER (WHERE p.kind = 'debit'), 0)),
                   coalesce(sum(e.credits) FILTER (WHERE p.kind = 'reversal'), 0)
            FROM posting p
            LEFT JOIN (SELECT account_id, posting_id, sum(credits) AS credits FROM entry GROUP BY 1, 2) e USING (account_id, posting_id)
            CROSS JOIN (VALUES ('quarter', interval '15 minutes'), ('day', interval '24 hours')) AS g (grain, size)
            WHERE p.account_id = ? AND p.kind IN ('debit', 'reversal')
            GROUP BY 1, 2, 3, 4, 5, 6""";

    private static final String FROM_ROLLUPS = """
            SELECT grain, starts_at, action, project_id, workspace_id, test_id, credits, debits, trim_scale(quantity), reversed
            FROM usage_rollup WHERE account_id = ?""";

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @Inject
    SpentSince spending;

    private final Random random = new Random(SEED);
    private final List<String> debits = new ArrayList<>();

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void rollupsAreWhatTheEntriesAddUpTo() throws SQLException {
        Instant now = START;
        clock.stopAt(now);
        Customer customer = Customer.on("pro");
        List<Instant> instants = new ArrayList<>(List.of(now));
        for (int step = 0; step < STEPS; step++) {
            now = now.plusNanos(1_000L * random.nextLong(Duration.ofHours(1).toSeconds() * 1_000_000));
            clock.stopAt(now);
            instants.add(now);
            step(customer, now);
        }

        assertThat(rows(FROM_ROLLUPS, customer.id))
                .isEqualTo(rows(FROM_ENTRIES, customer.id))
                .hasSizeGreaterThan(100);
        for (Instant instant : instants) {
            for (Instant near : List.of(instant, instant.plusNanos(1_000), instant.minusNanos(1_000))) {
                assertThat(spending.since(customer.id, near))
                        .as("since %s", near)
                        .isEqualTo(spent(customer.id, near));
            }
        }
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
        answersAreWhatTheEntriesAddUpTo(customer, now);
    }

    /** By the days and months of any zone, of ranges that start and end anywhere. */
    private void answersAreWhatTheEntriesAddUpTo(Customer customer, Instant now) throws SQLException {
        NaiveUsage naive = new NaiveUsage(database, customer.id);
        for (ZoneId zone : NaiveUsage.ZONES) {
            for (String bucket : NaiveUsage.BUCKETS) {
                for (int i = 0; i < 6; i++) {
                    Instant from = START.plusNanos(1_000L * random.nextLong(100_000_000_000L));
                    Instant to = i < 2
                            ? now.plusSeconds(1)
                            : from.plusNanos(1_000 + 1_000L * random.nextLong(100_000_000_000L));
                    List<String> groupBy = NaiveUsage.DIMENSIONS.stream()
                            .filter(dimension -> random.nextInt(3) == 0)
                            .toList();
                    NaiveUsage.Question question = new NaiveUsage.Question(from, to, zone, bucket, groupBy);
                    JsonNode answer = Customer.get(customer.path("/usage" + question.query()))
                            .is(200)
                            .json();
                    assertThat(naive.told(question, answer))
                            .as(question.query())
                            .isEqualTo(naive.rows(question));
                    assertThat(NaiveUsage.figures(answer.path("totals")))
                            .as(question.query())
                            .isEqualTo(naive.total(question));
                }
            }
        }
    }

    private void step(Customer customer, Instant now) {
        int kind = random.nextInt(11);
        if (kind < 6) {
            String body = "{'credits': " + Credits.of(random.nextInt(5)).plus(new Credits(1 + random.nextInt(1_000)))
                    + oneOf(", 'action': ", "tap", "/mave/chat", "GET:/personas")
                    + oneOf(", 'project_id': ", "p1", "p2")
                    + oneOf(", 'workspace_id': ", "w")
                    + oneOf(", 'test_id': ", "t1", "t2")
                    + oneOf(", 'run_id': ", "r1", "r2")
                    + (random.nextBoolean() ? ", 'quantity': 1.25" : "") + "}";
            String key = Customer.newKey();
            Reply first = Customer.post(customer.path("/debits"), key, body).is(201);
            debits.add(first.at("id"));
            if (random.nextInt(4) == 0) {
                Customer.post(customer.path("/debits"), key, body).is(201);
            }
        } else if (kind < 8 && !debits.isEmpty()) {
            String debit = debits.get(random.nextInt(debits.size()));
            assertThat(customer.reverse(debit, "{'credits': 0.0005, 'reason': 'R'}")
                            .status())
                    .isIn(201, 422);
        } else if (kind == 10) {
            String newest = customer.grants().at("data/0/grant_id");
            assertThat(customer.takeBack(newest, "{'credits': 0.75, 'reason': 'R'}")
                            .status())
                    .isIn(201, 422);
            customer.adjust("-2.5").is(201);
        } else if (kind < 9) {
            Instant end = now.plus(Duration.ofMinutes(1 + random.nextInt(240)));
            customer.grant("12", ", 'expires_at': '" + end + "'").is(201);
        } else {
            customer.debit("1000000").is(402);
            Customer.post(customer.path("/debits"), Customer.newKey(), "{'action': 'GET:/personas', 'quantity': 2}")
                    .is(201);
        }
    }

    /** A field with one of these values, or none. */
    private String oneOf(String field, String... values) {
        int choice = random.nextInt(values.length + 1);
        return choice == values.length ? "" : field + "'" + values[choice] + "'";
    }

    private Set<String> rows(String sql, String accountId) throws SQLException {
        Set<String> rows = new TreeSet<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, accountId);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= 10; column++) {
                    cells.add(row.getString(column));
                }
                rows.add(String.join(" | ", cells));
            }
        }
        return rows;
    }

    private Credits spent(String accountId, Instant since) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT coalesce(-sum(e.credits), 0) FROM entry e JOIN posting p USING (account_id, posting_id)
                        WHERE p.account_id = ? AND p.kind IN ('debit', 'reversal') AND p.occurred_at >= ?""")) {
            statement.setString(1, accountId);
            statement.setTimestamp(2, Timestamp.from(since));
            ResultSet row = statement.executeQuery();
            row.next();
            return new Credits(row.getLong(1));
        }
    }
}
