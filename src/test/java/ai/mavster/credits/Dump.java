package ai.mavster.credits;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole database as text: every row of every table there is, so that a later one is looked through too. */
public final class Dump {

    private Dump() {}

    /** The rows that have a text in any of their columns, each behind the name of its table. */
    public static List<String> rowsWith(AgroalDataSource database, String text) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (String table : tables(connection)) {
                String sql = "SELECT t::text FROM \"" + table + "\" t WHERE position(? IN t::text) > 0";
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setString(1, text);
                    ResultSet row = statement.executeQuery();
                    while (row.next()) {
                        rows.add(table + " " + row.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** How many rows each table has of an account. */
    public static Map<String, Long> rowsOf(AgroalDataSource database, String accountId) {
        Map<String, Long> counts = new TreeMap<>();
        rowsWith(database, accountId).forEach(row -> counts.merge(row.split(" ", 2)[0], 1L, Long::sum));
        return counts;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("""
                    SELECT table_name FROM information_schema.tables
                    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name""");
            List<String> tables = new ArrayList<>();
            while (row.next()) {
                tables.add(row.getString(1));
            }
            return tables;
        }
    }
}
