package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What many accounts have spent lately, by the rollups of whole days. */
@Singleton
public class SpentByDay {

    /** Each account in its own range of the primary key. */
    private static final String SINCE = """
            SELECT k.account_id, sum(d.credits)::bigint
            FROM unnest(?::text[]) AS k (account_id)
            CROSS JOIN LATERAL (SELECT o.credits FROM usage_rollup o
                                WHERE o.account_id = k.account_id AND o.grain = 'day' AND o.starts_at >= ? OFFSET 0) d
            GROUP BY k.account_id""";

    private final Connections database;

    SpentByDay(Connections database) {
        this.database = database;
    }

    /**
     * What debits took less what was given back, of those accounts that have any usage since.
     *
     * @param day where a day starts, in UTC
     */
    public Map<String, Credits> since(Collection<String> accountIds, Instant day) throws SQLException {
        Map<String, Credits> spent = new LinkedHashMap<>();
        try (Connection connection = database.longRead();
                PreparedStatement statement = connection.prepareStatement(SINCE)) {
            statement.setArray(1, connection.createArrayOf("text", accountIds.toArray()));
            statement.setObject(2, day.atOffset(ZoneOffset.UTC));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                spent.put(row.getString(1), new Credits(row.getLong(2)));
            }
        }
        return spent;
    }
}
