package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a database of its own, under load: the database dies, and is backed up. */
class EmbeddedDatabaseIT {

    private static final String HOT = "-hot";

    private final long seed = Long.getLong("test.seed", System.nanoTime());

    private Load load(String name, ServiceProcess service) throws Exception {
        System.out.println("EmbeddedDatabaseIT, " + name + ": -Dtest.seed=" + seed);
        Load load = new Load(name, new ServiceClient(service));
        load.start(new Random(seed).nextLong());
        return load;
    }

    @Test
    void whenItDiesItIsStartedAgainAndNothingIsLost() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(Map.of())) {
            Load load = load("deaths", service);
            for (int death = 0; death < 2; death++) {
                load.awaitMore(100);
                Path file = service.dataDirectory().resolve("database/postmaster.pid");
                long postmaster = Long.parseLong(Files.readAllLines(file).get(0).strip());
                ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            }
            load.awaitMore(100);
            load.finish(new LedgerRows(service.database()));
            assertThat(service.log()).contains("has ended though nobody stopped it", "runs again");
        }
    }

    @Test
    void aBackupThatIsMadeMeanwhileIsWholeOnceItIsRestored(@TempDir Path directory) throws Exception {
        Path backup = directory.resolve("backup");
        Path restored = directory.resolve("restored");
        Set<String> before;
        Set<String> atLast;
        try (ServiceProcess service = ServiceProcess.start(Map.of())) {
            Load load = load("backed-up", service);
            load.awaitMore(200);
            LedgerRows rows = new LedgerRows(service.database());
            before = rows.keys("backed-up" + HOT);
            String data = service.dataDirectory().toString();
            ServiceProcess.command(0, Map.of("CREDITS_DATA_DIR", data), "backup", backup.toString());
            load.awaitMore(100);
            load.finish(rows);
            atLast = rows.keys("backed-up" + HOT);
        }
        Map<String, String> environment = Map.of("CREDITS_DATA_DIR", restored.toString());
        ServiceProcess.command(0, environment, "restore", backup.toString());
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            LedgerRows rows = new LedgerRows(service.database());
            Set<String> there = rows.keys("backed-up" + HOT);
            assertThat(there).containsAll(before).hasSizeLessThan(atLast.size());
            assertThat(atLast).containsAll(there);
            rows.check();
            ServiceClient client = new ServiceClient(service);
            for (String account : rows.texts("SELECT account_id FROM account ORDER BY 1")) {
                client.prove(account);
            }
            client.debit("backed-up-1", "after", 0);
        }
        assertThat(ServiceProcess.command(2, environment, "bakcup", backup.toString()))
                .contains("no command bakcup", "backup");
    }
}
