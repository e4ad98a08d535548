package ai.mavster.credits;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all tables hold: to see that nothing was written. */
public final class Rows {

    private Rows() {}

    /** Each table's number of rows and a digest of all that is in them, but for when a key was last used. */
    public static Map<String, String> digests(AgroalDataSource database) {
        Map<String, String> digests = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                // As JSON only where that is needed: it takes several times as long.
                String content = table.equals("api_key") ? "(to_jsonb(t) - 'last_used_at')::text" : "t::text";
                try (ResultSet row = statement.executeQuery("""
                        select count(*) || ' rows ' || coalesce(sum(hashtextextended(%s, 0)::numeric), 0)
                        from %s t""".formatted(content, table))) {
                    row.next();
                    digests.put(table, row.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return digests;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
