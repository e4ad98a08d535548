package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was used by day, and on what: what took the most, and all the rest together. For a chart. */
@Singleton
public class UsageByDay {

    /** So many are shown by themselves on each day. */
    public static final int SERIES = 5;

    /**
     * What is asked for is read once. A row is of all (place 0), of one group, or of one day of a group or of those
     * that come after the first ones.
     */
    private static final String ROWS = """
            , by_day AS MATERIALIZED (
                SELECT bucket, %1$s AS id, sum(credits) AS credits, sum(debits) AS debits, sum(reversed) AS reversed
                FROM picked GROUP BY bucket, %1$s),
            by_id AS MATERIALIZED (
                SELECT id, sum(credits) AS credits, sum(debits) AS debits,
                       row_number() OVER (ORDER BY sum(credits) DESC, id) AS place
                FROM by_day GROUP BY id HAVING sum(debits) <> 0 OR sum(reversed) <> 0)
            SELECT 0 AS place, CAST(NULL AS timestamptz) AS bucket, '' AS id,
                   coalesce(sum(credits), 0)::bigint, coalesce(sum(debits), 0)::bigint FROM by_id
            UNION ALL
            SELECT place, NULL, id, credits::bigint, debits::bigint FROM by_id WHERE place <= ?
            UNION ALL
            SELECT least(place, ?), bucket, '', sum(d.credits)::bigint, sum(d.debits)::bigint
            FROM by_day d JOIN by_id USING (id) GROUP BY 1, 2
            ORDER BY bucket NULLS FIRST, place""";

    private final Connections database;
    private final UsageRepository usage;

    UsageByDay(Connections database, UsageRepository usage) {
        this.database = database;
        this.usage = usage;
    }

    /**
     * What is asked for.
     *
     * @param from belongs to it
     * @param to does not; it may lie in the future
     */
    public record Question(UsageAccount account, Instant from, Instant to, Dimension by) {

        /**
         * @throws InvalidInput if there is nothing between the two yet, or too much
         */
        UsageQuery query() {
            return UsageQuery.byDay(account, from, to, by);
        }
    }

    /**
     * What was used on one thing.
     *
     * @param id what it is; empty: debits that said none
     */
    public record Group(String id, Credits credits, long debits) {}

    /**
     * One day, or what of it lies in the range.
     *
     * @param credits of each of the first groups, in their order, and of the rest if there is one
     */
    public record Day(Instant start, List<Credits> credits) {

        public Credits total() {
            return credits.stream().reduce(Credits.ZERO, Credits::plus);
        }
    }

    /**
     * All of a range as of one moment.
     *
     * @param to where it ends: with the current quarter-hour at the latest
     * @param groups what took the most first
     * @param hasMore whether there are more of them
     * @param total of all
     * @param days all that there are, also those without usage
     */
    public record Answer(Instant from, Instant to, List<Group> groups, boolean hasMore, Group total, List<Day> days) {}

    /**
     * @param most groups
     * @throws InvalidInput as the question's range
     */
    public Answer read(Question question, int most) throws SQLException {
        UsageQuery query = question.query();
        UsageSource source = UsageSource.of(query);
        List<Object> parameters = source.parameters();
        parameters.add(most + 1);
        parameters.add(SERIES + 1);
        List<Group> groups = new ArrayList<>();
        Map<Instant, List<Credits>> days = new LinkedHashMap<>();
        query.edges().subList(0, query.rows()).forEach(start -> days.put(start, nothing()));
        try (Connection connection = database.longRead();
                PreparedStatement statement =
                        UsageSource.prepare(connection, source.sql() + ROWS.formatted(question.by.column), parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                OffsetDateTime day = row.getObject(2, OffsetDateTime.class);
                Credits credits = new Credits(row.getLong(4));
                if (day == null) {
                    groups.add(new Group(row.getString(3), credits, row.getLong(5)));
                } else {
                    days.computeIfAbsent(day.toInstant(), unknown -> nothing()).set(row.getInt(1) - 1, credits);
                }
            }
        }
        return answer(query, groups, days, most);
    }

    private static List<Credits> nothing() {
        return new ArrayList<>(Collections.nCopies(SERIES + 1, Credits.ZERO));
    }

    /** The total comes first. */
    private static Answer answer(UsageQuery query, List<Group> found, Map<Instant, List<Credits>> days, int most) {
        int groups = found.size() - 1;
        int series = Math.min(groups, SERIES + 1);
        List<Day> all = new ArrayList<>();
        days.forEach((start, credits) -> all.add(new Day(start, List.copyOf(credits.subList(0, series)))));
        return new Answer(
                query.from(),
                query.to(),
                List.copyOf(found.subList(1, Math.min(groups, most) + 1)),
                groups > most,
                found.get(0),
                all);
    }

    /** The names of the columns of {@link #lines}. */
    public static List<String> header(Question question) {
        return UsagePages.header(question.query());
    }

    /** All of it, newest day first, as the API has it. */
    public CsvStreams.Pages lines(Question question) {
        return new UsagePages(usage, question.query());
    }
}
