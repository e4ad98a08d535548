package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.ServiceProcess;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The service or its database dies under load, several times. What was acknowledged is there once, what was refused is
 * not there, and what nobody was told about is told to who asks again.
 */
class CrashIT {

    private static final int KILLS = 2;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private static KillablePostgres postgres;
    private static ServiceProcess service;
    private static LedgerRows rows;

    @BeforeAll
    static void start() {
        postgres = KillablePostgres.start();
        service = startService();
        rows = new LedgerRows(postgres.address());
    }

    private Load load(String name) throws Exception {
        System.out.println("CrashIT, " + name + ": -Dtest.seed=" + seed);
        Load load = new Load(name, new ServiceClient(service));
        load.start(random.nextLong());
        return load;
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        postgres.close();
    }

    private static ServiceProcess startService() {
        return ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", postgres.address().url(),
                "CREDITS_DB_USER", postgres.address().user(),
                "CREDITS_DB_PASSWORD", postgres.address().password()));
    }

    @Test
    void theServiceIsKilled() throws Exception {
        Load load = load("service-kills");
        for (int kill = 0; kill < KILLS; kill++) {
            load.awaitMore(100 + random.nextInt(400));
            service.kill();
            service = startService();
            load.redirect(new ServiceClient(service));
        }
        load.awaitMore(100);

        assertThat(load.unknown()).isPositive();
        load.finish(rows);
    }

    @Test
    void theDatabaseIsKilled() throws Exception {
        Load load = load("database-kills");
        for (int kill = 0; kill < KILLS; kill++) {
            load.awaitMore(100 + random.nextInt(400));
            postgres.kill();
            postgres.restart();
        }
        load.awaitMore(100);
        load.finish(rows);
    }

    /** The other sessions are thrown out then, and the server starts itself again. */
    @Test
    void sessionsOfTheDatabaseAreKilled() throws Exception {
        Load load = load("session-kills");
        for (int kill = 0; kill < KILLS; kill++) {
            load.awaitMore(100 + random.nextInt(400));
            ProcessHandle.of(rows.number("""
                            SELECT pid FROM pg_stat_activity WHERE application_name = 'mavster-credits'
                            ORDER BY (state = 'active') DESC LIMIT 1""")).ifPresent(ProcessHandle::destroyForcibly);
        }
        load.awaitMore(100);
        load.finish(rows);
    }
}
