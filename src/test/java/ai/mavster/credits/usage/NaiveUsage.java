package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What an account has used, added up entry by entry in Java: by no code of the service's. */
public final class NaiveUsage {

    /** Half-hour and quarter-hour zones among them, and one whose clocks are set by half an hour. */
    public static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Pacific/Chatham"));

    public static final List<String> BUCKETS = List.of("hour", "day", "month", "billing_period", "none");

    public static final List<String> DIMENSIONS = List.of("action", "project", "workspace", "test", "run");

    private static final List<String> COLUMNS = List.of("action", "project_id", "workspace_id", "test_id", "run_id");

    private final List<Spent> all = new ArrayList<>();
    private @Nullable ZonedDateTime anchor;

    /** What one posting took, or gave back. */
    private record Spent(Instant at, List<String> purpose, boolean debit, long credits, BigDecimal quantity) {}

    /** A range, and how it is grouped. */
    public record Question(Instant from, Instant to, ZoneId zone, String bucket, List<String> groupBy) {

        public String query() {
            return "?from=%s&to=%s&time_zone=%s&bucket=%s&limit=1000".formatted(from, to, zone, bucket)
                    + (groupBy.isEmpty() ? "" : "&group_by=" + String.join(",", groupBy));
        }
    }

    public NaiveUsage(DataSource database, String accountId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT p.kind, p.occurred_at, coalesce(-sum(e.credits), 0), coalesce(p.quantity, 1),
                           p.action, p.project_id, p.workspace_id, p.test_id, p.run_id
                    FROM posting p LEFT JOIN entry e USING (account_id, posting_id)
                    WHERE account_id = ? AND p.kind IN ('debit', 'reversal')
                    GROUP BY account_id, posting_id ORDER BY p.occurred_at, posting_id""")) {
                statement.setString(1, accountId);
                ResultSet row = statement.executeQuery();
                while (row.next()) {
                    List<String> purpose = new ArrayList<>();
                    for (int column = 5; column <= 9; column++) {
                        purpose.add(String.valueOf(row.getString(column)));
                    }
                    all.add(new Spent(
                            row.getTimestamp(2).toInstant(),
                            purpose,
                            row.getString(1).equals("debit"),
                            row.getLong(3),
                            row.getBigDecimal(4)));
                }
            }
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT anchor, time_zone FROM subscription WHERE account_id = ?")) {
                statement.setString(1, accountId);
                ResultSet row = statement.executeQuery();
                if (row.next()) {
                    anchor = row.getTimestamp(1).toInstant().atZone(ZoneId.of(row.getString(2)));
                }
            }
        }
    }

    /** When something was spent first; null: nothing was. */
    public @Nullable Instant first() {
        return all.isEmpty() ? null : all.get(0).at;
    }

    /** The figures of each group, by its bucket and its dimensions. */
    public Map<String, String> rows(Question question) {
        Map<String, Sums> sums = new LinkedHashMap<>();
        for (Spent spent : all) {
            if (!spent.at.isBefore(question.from) && spent.at.isBefore(question.to)) {
                List<String> key = new ArrayList<>(List.of(bucket(question, spent.at)));
                for (String dimension : question.groupBy) {
                    key.add(spent.purpose.get(DIMENSIONS.indexOf(dimension)));
                }
                sums.computeIfAbsent(String.join(" ", key), none -> new Sums()).add(spent);
            }
        }
        Map<String, String> rows = new TreeMap<>();
        sums.forEach((key, sum) -> rows.put(key, sum.toString()));
        return rows;
    }

    /** All of a range. */
    public String total(Question question) {
        Sums sums = new Sums();
        all.stream()
                .filter(spent -> !spent.at.isBefore(question.from) && spent.at.isBefore(question.to))
                .forEach(sums::add);
        return sums.toString();
    }

    /** The same as an answer tells it. */
    public Map<String, String> told(Question question, JsonNode answer) {
        Map<String, String> rows = new TreeMap<>();
        for (JsonNode row : answer.path("data")) {
            List<String> key = new ArrayList<>(
                    List.of(bucket(question, Instant.parse(row.path("start").asText()))));
            for (String dimension : question.groupBy) {
                key.add(row.path(COLUMNS.get(DIMENSIONS.indexOf(dimension))).asText());
            }
            String before = rows.put(String.join(" ", key), figures(row));
            if (before != null) {
                throw new AssertionError("Two rows are of " + key);
            }
        }
        return rows;
    }

    public static String figures(JsonNode row) {
        return "%s %s %s %s"
                .formatted(
                        row.path("credits").asText(),
                        row.path("debits").asText(),
                        row.path("quantity").asText(),
                        row.path("reversed").asText());
    }

    private String bucket(Question question, Instant at) {
        ZonedDateTime local = at.atZone(question.zone);
        return switch (question.bucket) {
            case "hour" ->
                local.truncatedTo(ChronoUnit.HOURS).toLocalDateTime()
                        + local.getOffset().getId();
            case "day" -> local.toLocalDate().toString();
            case "month" -> YearMonth.from(local).toString();
            case "billing_period" ->
                anchor == null ? YearMonth.from(local).toString() : Integer.toString(period(anchor, at));
            default -> "all";
        };
    }

    private static int period(ZonedDateTime anchor, Instant at) {
        int index = -1_000;
        while (!at.isBefore(anchor.plusMonths(index + 1L).toInstant())) {
            index++;
        }
        return index;
    }

    private static final class Sums {
        private long credits;
        private long debits;
        private BigDecimal quantity = BigDecimal.ZERO;
        private long reversed;

        void add(Spent spent) {
            credits += spent.credits;
            if (spent.debit) {
                debits++;
                quantity = quantity.add(spent.quantity);
            } else {
                reversed -= spent.credits;
            }
        }

        @Override
        public String toString() {
            return "%s %d %s %s"
                    .formatted(
                            new Credits(credits),
                            debits,
                            Objects.requireNonNull(Decimals.plain(quantity)).toPlainString(),
                            new Credits(reversed));
        }
    }
}
