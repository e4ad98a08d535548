package ai.mavster.credits.report;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.reading.CsvStreams;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of credits within a month, in UTC. For pages. */
@Singleton
public class MonthlyReports {

    private final ReportRepository rows;
    private final Clock clock;

    MonthlyReports(ReportRepository rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** {@code opening + granted + bought - used - expired - voided + reversed - clawedBack - settled + reinstated = closing}. */
    public record Line(
            @Nullable String group,
            BigDecimal opening,
            BigDecimal granted,
            BigDecimal bought,
            BigDecimal used,
            BigDecimal expired,
            BigDecimal voided,
            BigDecimal reversed,
            BigDecimal clawedBack,
            BigDecimal settled,
            BigDecimal reinstated,
            BigDecimal closing) {

        private static Line of(Group group, Figures figures) {
            return new Line(
                    Stream.of(group.kind(), group.plan(), group.currency())
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null),
                    figures.opening(),
                    figures.of(Flow.GRANTED),
                    figures.of(Flow.BOUGHT),
                    figures.of(Flow.USED),
                    figures.of(Flow.EXPIRED),
                    figures.of(Flow.VOIDED),
                    figures.of(Flow.REVERSED),
                    figures.of(Flow.CLAWED_BACK),
                    figures.of(Flow.SETTLED),
                    figures.of(Flow.REINSTATED),
                    figures.closing());
        }
    }

    /**
     * The report of a month; of the present one so far.
     *
     * @param groupBy kind, plan or currency
     * @param stillWanted is asked for each part of it, and throws to end it
     */
    public List<Line> of(YearMonth month, String groupBy, Runnable stillWanted) throws SQLException {
        ReportWalk walk = new ReportWalk(rows, query(month, groupBy), "", ReportPages.ACCOUNTS);
        do {
            stillWanted.run();
            walk.step();
        } while (walk.mayHaveMore());
        return walk.take().stream()
                .map(group -> Line.of(group.getKey(), group.getValue()))
                .toList();
    }

    /** The columns of {@link #lines}. */
    public List<String> header(YearMonth month, String groupBy) {
        return ReportPages.header(query(month, groupBy));
    }

    /** The same for a CSV. */
    public CsvStreams.Pages lines(YearMonth month, String groupBy) {
        return new ReportPages(rows, query(month, groupBy));
    }

    private ReportQuery query(YearMonth month, String groupBy) {
        Instant now = clock.instant();
        Instant from = start(month);
        Instant to = start(month.plusMonths(1));
        if (!from.isBefore(now)) {
            throw new InvalidInput("month", "must not lie in the future");
        }
        return new ReportQuery(from, to.isAfter(now) ? now : to, List.of(grouping(groupBy)));
    }

    private static Grouping grouping(String id) {
        if (!List.of("kind", "plan", "currency").contains(id)) {
            throw new InvalidInput("group_by", "must be kind, plan or currency");
        }
        return EnumId.parse(Grouping.class, id);
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
