package ai.mavster.credits.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Where a PostgreSQL database is and how to sign in.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql://host:port/database}
 */
public record DatabaseAddress(String url, String user, String password) {

    private static final String SCHEME = "jdbc:postgresql:";

    /**
     * The operator's own database, from {@code CREDITS_DB_URL}, {@code CREDITS_DB_USER} and
     * {@code CREDITS_DB_PASSWORD}; empty when none is named.
     *
     * @throws StartFailure if the URL is not one of PostgreSQL's
     */
    public static Optional<DatabaseAddress> fromEnvironment(Map<String, String> environment) throws StartFailure {
        String url = environment.getOrDefault("CREDITS_DB_URL", "").strip();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!url.startsWith(SCHEME) || url.length() == SCHEME.length()) {
            // The value is not repeated: what is no JDBC URL often is one of another form with a password inside.
            throw new StartFailure(
                    "CREDITS_DB_URL must have the form jdbc:postgresql://host:port/database; leave it unset to use the embedded PostgreSQL.");
        }
        return Optional.of(new DatabaseAddress(
                url,
                environment.getOrDefault("CREDITS_DB_USER", ""),
                environment.getOrDefault("CREDITS_DB_PASSWORD", "")));
    }

    /**
     * The same database as its owner, who may change its tables: by {@code CREDITS_DB_OWNER} and
     * {@code CREDITS_DB_OWNER_PASSWORD}, or this very role where none is named.
     */
    public DatabaseAddress asOwner(Map<String, String> environment) {
        String owner = environment.getOrDefault("CREDITS_DB_OWNER", "").strip();
        return owner.isEmpty()
                ? this
                : new DatabaseAddress(url, owner, environment.getOrDefault("CREDITS_DB_OWNER_PASSWORD", ""));
    }

    /** A connection outside any pool; the caller closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return user + "@" + url;
    }
}
