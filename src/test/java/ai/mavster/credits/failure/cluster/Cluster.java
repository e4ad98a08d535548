package ai.mavster.credits.failure.cluster;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.Standby;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two replicas on one PostgreSQL, with a network between any two of them. */
public final class Cluster implements Closeable {

    private static final Map<String, String> SETTINGS = Map.of(
            "max_connections", "100",
            "max_wal_size", "128MB",
            "wal_keep_size", "256MB");

    private final List<Replica> replicas = new ArrayList<>();
    private final @Nullable SmallDisk disk;
    private KillablePostgres postgres;

    /**
     * @param onSmallDisk whether the database's log is on a disk of its own that can be filled
     * @param further settings of the database
     */
    public Cluster(boolean onSmallDisk, Map<String, String> further) throws IOException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(further);
        postgres = KillablePostgres.start(settings);
        disk = onSmallDisk ? SmallDisk.mount() : null;
        moveLog();
        for (int number = 0; number < 2; number++) {
            replicas.add(new Replica(number, postgres.address(), postgres.port()));
        }
    }

    /** One after the other: the first makes the tables. */
    public void start() {
        replicas.forEach(Replica::start);
    }

    public List<Replica> replicas() {
        return replicas;
    }

    KillablePostgres postgres() {
        return postgres;
    }

    @Nullable
    SmallDisk disk() {
        return disk;
    }

    private void moveLog() throws IOException {
        if (disk != null) {
            postgres.kill();
            disk.take(postgres.data().resolve("pg_wal"));
            postgres.restart();
        }
    }

    /** The primary is dead for good; the standby takes its place, and all go there. */
    void failOverTo(Standby standby) throws IOException, SQLException {
        KillablePostgres dead = postgres;
        dead.kill();
        standby.thaw();
        postgres = standby.promote();
        moveLog();
        for (Replica replica : replicas) {
            replica.toDatabase.leadTo(postgres.port());
        }
        dead.close();
    }

    /** As somebody who may do everything, past the networks. */
    Connection connect() throws SQLException {
        DatabaseAddress address = postgres.administration();
        String url = postgres.address().url();
        return DriverManager.getConnection(url, address.user(), address.password());
    }

    public List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        for (Replica replica : replicas) {
            replica.close();
        }
        postgres.close();
        if (disk != null) {
            disk.close();
        }
    }
}
