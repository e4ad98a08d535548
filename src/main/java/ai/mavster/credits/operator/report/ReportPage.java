package ai.mavster.credits.operator.report;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.report.MonthlyReports;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Credits by month. */
@Singleton
class ReportPage implements OperatorPage {

    private static final String PATH = "/operator/reports";

    /** How many months are offered. */
    private static final int MONTHS = 24;

    /** A browser waits no longer; the CSV and the API have more patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final MonthlyReports reports;
    private final LongReads reads;
    private final CsvStreams streams;
    private final Clock clock;
    private final Template template;

    ReportPage(
            MonthlyReports reports,
            LongReads reads,
            CsvStreams streams,
            Clock clock,
            @Location("operator/reports.html") Template template) {
        this.reports = reports;
        this.reads = reads;
        this.streams = streams;
        this.clock = clock;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::show);
        operator.stream(PATH + "/credits.csv", this::stream);
    }

    private PageAnswer show(Visit visit) throws SQLException {
        YearMonth month = month(visit);
        String groupBy = groupBy(visit);
        long end = clock.millis() + PATIENCE.toMillis();
        List<MonthlyReports.Line> lines = reads.answer(
                visit.author().id(),
                LongReads.ALL_ACCOUNTS,
                () -> reports.of(month, groupBy, () -> {
                    if (clock.millis() > end) {
                        throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
                    }
                }));
        return PageAnswer.of(visit.fill(template)
                .data("lines", lines)
                .data("month", month.toString())
                .data("months", months())
                .data("groupBy", groupBy)
                .data("groupings", List.of("kind", "plan", "currency")));
    }

    private void stream(Visit visit, HttpServerResponse response) {
        YearMonth month = month(visit);
        String groupBy = groupBy(visit);
        streams.send(
                visit.request().context().request(),
                "credits-" + month + ".csv",
                visit.author().id(),
                LongReads.ALL_ACCOUNTS,
                reports.header(month, groupBy),
                reports.lines(month, groupBy));
    }

    private List<String> months() {
        YearMonth present = present();
        return Stream.iterate(present, month -> month.minusMonths(1))
                .limit(MONTHS)
                .map(YearMonth::toString)
                .toList();
    }

    /** The last one that is over, unless another is asked for. */
    private YearMonth month(Visit visit) {
        String text = visit.request().query("month");
        return text == null ? present().minusMonths(1) : parsed(text);
    }

    private static YearMonth parsed(String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() >= 2000) {
                return month;
            }
        } catch (DateTimeException malformed) {
            // What is said of it is the same.
        }
        throw new InvalidInput("month", "must be a month since 2000, such as 2026-11");
    }

    private static String groupBy(Visit visit) {
        @Nullable String text = visit.request().query("group_by");
        return text == null ? "kind" : text;
    }

    private YearMonth present() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }
}
