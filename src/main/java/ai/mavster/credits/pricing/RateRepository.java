package ai.mavster.credits.pricing;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The card in the database. */
@Singleton
class RateRepository {

    long revision(Connection connection) throws SQLException {
        return revision(connection, "SELECT revision FROM rate_card");
    }

    /**
     * Keeps others from changing the card until the transaction's end. What it decides by is to be read in later
     * statements.
     */
    void lock(Connection connection) throws SQLException {
        revision(connection, "SELECT revision FROM rate_card FOR UPDATE");
    }

    private static long revision(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** All of it, with its revision, as of one moment: one statement has one snapshot. */
    RateCard load(Connection connection) throws SQLException {
        long revision = 0;
        List<RateVersion> versions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT c.revision, r.action, r.effective_from, r.unit, r.minimum, r.maximum, r.card, r.note, r.created_at,
                               r.author_type, r.author_id, r.author_name, r.reason
                        FROM rate_card c LEFT JOIN rate r ON true""")) {
            while (row.next()) {
                revision = row.getLong(1);
                if (row.getString(2) != null) {
                    versions.add(version(row));
                }
            }
        }
        return new RateCard(revision, versions);
    }

    private static RateVersion version(ResultSet row) throws SQLException {
        return new RateVersion(
                row.getString(2),
                instant(row, 3),
                row.getString(4),
                price(row.getObject(5, Long.class), row.getObject(6, Long.class)),
                row.getString(7),
                row.getString(8),
                instant(row, 9),
                new Author(EnumId.parse(Author.Type.class, row.getString(10)), row.getString(11), row.getString(12)),
                row.getString(13));
    }

    private static @Nullable Price price(@Nullable Long minimum, @Nullable Long maximum) {
        return minimum == null || maximum == null ? null : new Price(new Credits(minimum), new Credits(maximum));
    }

    /** Under the card's lock. */
    void add(Connection connection, List<RateVersion> versions) throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO rate (action, effective_from, unit, minimum, maximum, card, note, created_at,
                                  author_type, author_id, author_name, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (RateVersion version : versions) {
                Price price = version.price();
                statement.setString(1, version.action());
                statement.setObject(2, utc(version.effectiveFrom()));
                statement.setString(3, version.unit());
                statement.setObject(4, price == null ? null : price.minimum().millionths(), Types.BIGINT);
                statement.setObject(5, price == null ? null : price.maximum().millionths(), Types.BIGINT);
                statement.setString(6, version.card());
                statement.setString(7, version.note());
                statement.setObject(8, utc(version.createdAt()));
                statement.setString(9, version.author().type().id());
                statement.setString(10, version.author().id());
                statement.setString(11, version.author().name());
                statement.setString(12, version.reason());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE rate_card SET revision = revision + 1");
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
