package ai.mavster.credits.failure.cluster;

import ai.mavster.credits.embedded.Standby;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The faults by name. Each mends what it broke, also where it fails in between. */
public final class Faults {

    private static final List<Network.Way> WAYS = Stream.of(Network.Way.values())
            .filter(way -> way != Network.Way.OPEN)
            .toList();

    private static final List<Path> OTHER_CLOCK = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    private Faults() {}

    /** Those that need nothing but a JDK. */
    public static Map<String, Fault> everywhere() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("replica killed", Faults::killReplica);
        faults.put("client network", Faults::clientNetwork);
        faults.put("database killed", Faults::killDatabase);
        faults.put("database network", Faults::databaseNetwork);
        faults.put("replica stopped", Faults::stopReplica);
        faults.put("session killed", Faults::killSession);
        faults.put("database stopped", Faults::stopDatabase);
        faults.put("account locked", Faults::lockAccount);
        faults.put("connections taken", Faults::takeConnections);
        faults.put("standby promoted", Faults::failOver);
        return faults;
    }

    /** Those too that this machine allows; what it does not is said. */
    public static Map<String, Fault> possibleHere() {
        Map<String, Fault> faults = everywhere();
        if (SmallDisk.isPossible()) {
            faults.put("disk full", Faults::fillDisk);
        } else {
            System.out.println("Failure suite: no disk is filled, since only root can mount one");
        }
        if (OTHER_CLOCK.stream().anyMatch(Files::exists)) {
            faults.put("clocks apart", Faults::setClock);
        } else {
            System.out.println("Failure suite: no clock is set, since libfaketime is not installed");
        }
        return faults;
    }

    /** Time that a fault, or the peace between two, lasts. */
    public static void last(SplittableRandom random, double leastSeconds, double mostSeconds) {
        long end = System.nanoTime() + (long) (random.nextDouble(leastSeconds, mostSeconds) * 1e9);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static Replica any(Cluster cluster, SplittableRandom random) {
        return cluster.replicas().get(random.nextInt(2));
    }

    private static String killReplica(Cluster cluster, SplittableRandom random) {
        Replica replica = any(cluster, random);
        replica.kill();
        last(random, 0, 2);
        replica.start();
        return "replica " + replica.number;
    }

    private static String stopReplica(Cluster cluster, SplittableRandom random) throws IOException {
        Replica replica = any(cluster, random);
        replica.freeze();
        last(random, 1, 12);
        replica.thaw();
        return "replica " + replica.number;
    }

    private static String setClock(Cluster cluster, SplittableRandom random) {
        Replica replica = any(cluster, random);
        int minutes = random.nextInt(2, 5) * (random.nextBoolean() ? 1 : -1);
        Path library = OTHER_CLOCK.stream().filter(Files::exists).findFirst().orElseThrow();
        replica.kill();
        replica.start(Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                "%+dm".formatted(minutes),
                // With these its waits stay what they are: otherwise Java spins instead.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"));
        last(random, 5, 20);
        replica.kill();
        replica.start();
        return "replica %d, %+d minutes".formatted(replica.number, minutes);
    }

    private static String clientNetwork(Cluster cluster, SplittableRandom random) {
        Replica replica = any(cluster, random);
        return disturb(replica.fromClients, random) + " before replica " + replica.number;
    }

    private static String databaseNetwork(Cluster cluster, SplittableRandom random) {
        Replica replica = any(cluster, random);
        return disturb(replica.toDatabase, random) + " behind replica " + replica.number;
    }

    private static String disturb(Network network, SplittableRandom random) {
        Network.Way way = WAYS.get(random.nextInt(WAYS.size()));
        network.become(way);
        last(random, 1, 12);
        network.become(Network.Way.OPEN);
        return way.name();
    }

    private static String killDatabase(Cluster cluster, SplittableRandom random) throws IOException {
        cluster.postgres().kill();
        last(random, 0, 4);
        cluster.postgres().restart();
        return "kill -9 of all its processes";
    }

    /** The server throws the others out then, and recovers by itself. */
    private static String killSession(Cluster cluster, SplittableRandom random) throws SQLException {
        for (String pid : cluster.texts("""
                SELECT pid FROM pg_stat_activity WHERE application_name = 'mavster-credits'
                ORDER BY (state = 'active') DESC LIMIT 1""")) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        last(random, 1, 3);
        return "kill -9 of one of its sessions";
    }

    private static String stopDatabase(Cluster cluster, SplittableRandom random) throws IOException {
        cluster.postgres().freeze();
        last(random, 1, 12);
        cluster.postgres().thaw();
        return "all its processes";
    }

    private static String lockAccount(Cluster cluster, SplittableRandom random) throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT 1 FROM account_balance WHERE account_id LIKE 'failure-%' FOR UPDATE");
            last(random, 2, 10);
            connection.rollback();
        }
        return "all accounts by a stranger";
    }

    /** Who is thrown out finds no place any more. */
    private static String takeConnections(Cluster cluster, SplittableRandom random) throws SQLException {
        List<Connection> strangers = new ArrayList<>();
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            long end = System.nanoTime() + (long) (random.nextDouble(3, 10) * 1e9);
            while (System.nanoTime() < end) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mavster-credits'");
                takeAll(cluster, strangers);
                last(random, 0.1, 0.5);
            }
        } finally {
            for (Connection stranger : strangers) {
                stranger.close();
            }
        }
        return "all that the database has";
    }

    private static void takeAll(Cluster cluster, List<Connection> strangers) {
        try {
            while (true) {
                strangers.add(cluster.connect());
            }
        } catch (SQLException full) {
            // That is the purpose.
        }
    }

    private static String fillDisk(Cluster cluster, SplittableRandom random) throws IOException {
        SmallDisk disk = Objects.requireNonNull(cluster.disk());
        disk.fill();
        last(random, 3, 10);
        disk.free();
        // It ends itself where it cannot write its log, and cannot start before there is room.
        cluster.postgres().kill();
        cluster.postgres().restart();
        return "that of the database's log";
    }

    /** In half of the cases the standby hangs before, so that commits wait for it when the primary dies. */
    private static String failOver(Cluster cluster, SplittableRandom random) throws IOException, SQLException {
        Standby standby = Standby.of(cluster.postgres());
        last(random, 1, 4);
        boolean hangs = random.nextBoolean();
        if (hangs) {
            standby.freeze();
            last(random, 2, 14);
        }
        cluster.failOverTo(standby);
        return hangs ? "after it had hung" : "at once";
    }
}
