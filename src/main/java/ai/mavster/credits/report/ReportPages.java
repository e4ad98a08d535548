package ai.mavster.credits.report;

import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.report.ReportResource.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a report: by account as the accounts are complete, otherwise in the end. A part is added up at a time, so
 * that others get their turns in between.
 */
final class ReportPages implements CsvStreams.Pages {

    /** How many accounts are taken at a time. */
    static final int ACCOUNTS = 500;

    private static final List<String> MONEY = List.of(
            "paid_opening",
            "paid_received",
            "paid_used",
            "paid_expired",
            "paid_voided",
            "paid_reversed",
            "paid_clawed_back",
            "paid_settled",
            "paid_reinstated",
            "paid_closing");

    private final ReportQuery query;
    private final ReportWalk walk;

    ReportPages(ReportRepository rows, ReportQuery query) {
        this.query = query;
        this.walk = new ReportWalk(rows, query, "", ACCOUNTS);
    }

    static List<String> header(ReportQuery query) {
        List<String> header = new ArrayList<>();
        for (Grouping grouping : Grouping.values()) {
            if (query.isBy(grouping)) {
                header.add(grouping.column);
            }
        }
        header.add("opening");
        for (Flow flow : Flow.values()) {
            header.add(flow.name().toLowerCase(Locale.ROOT));
        }
        header.add("closing");
        if (query.isBy(Grouping.CURRENCY)) {
            header.addAll(MONEY);
        }
        return header;
    }

    @Override
    public boolean write(Csv csv) throws SQLException {
        walk.step();
        boolean complete = query.isBy(Grouping.ACCOUNT) ? walk.isBetweenAccounts() : !walk.mayHaveMore();
        if (complete) {
            for (Map.Entry<Group, Figures> group : walk.take()) {
                csv.row(cells(Row.of(query, group.getKey(), group.getValue())));
            }
        }
        return walk.mayHaveMore();
    }

    private static Stream<@Nullable Object> cells(Row row) {
        List<@Nullable Object> cells = new ArrayList<>();
        add(cells, row.accountId());
        add(cells, row.kind());
        add(cells, row.plan());
        add(cells, row.currency());
        cells.addAll(List.of(
                row.opening(),
                row.granted(),
                row.bought(),
                row.used(),
                row.expired(),
                row.voided(),
                row.reversed(),
                row.clawedBack(),
                row.settled(),
                row.reinstated(),
                row.closing()));
        if (row.currency() != null) {
            cells.addAll(money(row.paid()));
        }
        return cells.stream();
    }

    /** Of the one currency that a row then has; empty where it has none. */
    private static List<@Nullable Object> money(List<PaidFigures.Rounded> paid) {
        if (paid.isEmpty()) {
            return Collections.nCopies(MONEY.size(), null);
        }
        PaidFigures.Rounded money = paid.get(0);
        return List.of(
                money.opening(),
                money.received(),
                money.used(),
                money.expired(),
                money.voided(),
                money.reversed(),
                money.clawedBack(),
                money.settled(),
                money.reinstated(),
                money.closing());
    }

    private static void add(List<@Nullable Object> cells, @Nullable Optional<String> cell) {
        if (cell != null) {
            cells.add(cell.orElse(null));
        }
    }
}
