package ai.mavster.credits.report;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Decimals;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What a report has to say of an account, added up from its entries and from nothing else. */
public final class FromEntries {

    private static final String SUMS = """
            SELECT g.kind,
                   sum(e.credits) FILTER (WHERE p.occurred_at < ?1),
                   sum(e.credits) FILTER (WHERE w.within AND p.kind IN ('monthly_grant', 'promotional', 'adjustment') AND e.credits > 0),
                   sum(e.credits) FILTER (WHERE w.within AND p.kind = 'top_up'),
                   -sum(e.credits) FILTER (WHERE w.within AND p.kind = 'debit'),
                   -sum(e.credits) FILTER (WHERE w.within AND p.kind = 'expiry'),
                   -sum(e.credits) FILTER (WHERE w.within AND (p.kind = 'void' OR (p.kind = 'adjustment' AND e.credits < 0))),
                   sum(e.credits) FILTER (WHERE w.within AND p.kind = 'reversal'),
                   -sum(e.credits) FILTER (WHERE w.within AND p.kind = 'clawback'),
                   -sum(e.credits) FILTER (WHERE w.within AND p.kind = 'settlement'),
                   sum(e.credits) FILTER (WHERE w.within AND p.kind = 'reinstatement'),
                   sum(e.credits) FILTER (WHERE p.occurred_at < ?2)
            FROM entry e JOIN posting p USING (account_id, posting_id) JOIN credit_grant g USING (account_id, grant_id)
            CROSS JOIN LATERAL (SELECT p.occurred_at >= ?1 AND p.occurred_at < ?2 AS within) w
            WHERE e.account_id = ?3 AND p.occurred_at < ?2
            GROUP BY g.kind""";

    private FromEntries() {}

    /** Its lines in a report by account and kind; those of which there is nothing to tell are left out. */
    public static List<String> lines(DataSource database, String accountId, Instant from, Instant to)
            throws SQLException {
        String sql = SUMS.replaceAll("\\?[123]", "?");
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Timestamp start = Timestamp.from(from);
            Timestamp end = Timestamp.from(to);
            List<Object> parameters = List.of(start, end, start, end, accountId, end);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                String line = line(accountId, row);
                if (line != null) {
                    lines.add(line);
                }
            }
        }
        lines.sort(null);
        return lines;
    }

    private static String line(String accountId, ResultSet row) throws SQLException {
        List<String> cells = new ArrayList<>(List.of(accountId, row.getString(1)));
        boolean nothing = true;
        for (int column = 2; column <= 12; column++) {
            BigDecimal sum = row.getBigDecimal(column); // Of no entries: null. Of many, more than one amount may be.
            BigDecimal credits = sum == null ? BigDecimal.ZERO : sum.movePointLeft(Credits.DECIMALS);
            nothing &= credits.signum() == 0;
            cells.add(Decimals.plain(credits).toPlainString());
        }
        return nothing ? null : String.join(",", cells);
    }

    /** The same lines as they are reported, of accounts whose ids begin with a text. */
    public static List<String> reported(String accountPrefix, Instant from, Instant to) {
        return Customer.csvAt("/v1/reports/credits?group_by=account,kind&from=" + from + "&to=" + to)
                .lines()
                .skip(1)
                .filter(line -> line.startsWith(accountPrefix))
                .sorted()
                .toList();
    }
}
