package ai.mavster.credits.usage;

import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.reading.CsvStreams;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All groups of a range, newest bucket first, a page of them in each transaction. Only the current quarter-hour still
 * changes, and it is read first: what is posted while the rest is read is in none of it.
 */
final class UsagePages implements CsvStreams.Pages {

    private static final int ROWS = 1_000;

    private final UsageRepository usage;
    private final UsageQuery query;
    private int left;
    private UsageRepository.@Nullable Line last;

    UsagePages(UsageRepository usage, UsageQuery query) {
        this.usage = usage;
        this.query = query;
        this.left = query.rows();
    }

    static List<String> header(UsageQuery query) {
        List<String> header = new ArrayList<>(List.of("start", "end"));
        query.groupBy().forEach(dimension -> header.add(dimension.column));
        header.addAll(List.of("credits", "debits", "quantity", "reversed"));
        if (!query.isByRun()) {
            header.add("outliers");
        }
        return header;
    }

    @Override
    public boolean write(Csv csv) throws SQLException {
        if (left == 0) {
            return false;
        }
        List<UsageRepository.Line> lines = usage.groups(query.row(left - 1), last, ROWS);
        lines.forEach(line -> csv.row(cells(line)));
        if (lines.size() == ROWS) {
            last = lines.get(ROWS - 1);
        } else {
            last = null;
            left--;
        }
        return left > 0;
    }

    private Stream<Object> cells(UsageRepository.Line line) {
        UsageRow row = UsageRow.of(line, query);
        List<Object> cells = new ArrayList<>(List.of(row.start(), row.end()));
        query.groupBy().forEach(dimension -> cells.add(line.dimension(dimension)));
        cells.addAll(List.of(row.credits(), row.debits(), row.quantity(), row.reversed()));
        if (row.outliers() != null) {
            cells.add(row.outliers());
        }
        return cells.stream();
    }
}
