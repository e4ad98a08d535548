package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.Standby;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The database replicates synchronously, and its standby hangs. PostgreSQL commits on the primary alone where a statement
 * timeout ends its wait, and says so by a warning only: what was acknowledged then would be lost with the primary.
 */
class StandbyIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Longer than any timeout of the service. */
    private static final Duration HANGS = Duration.ofSeconds(11);

    private static final String ACCOUNT = "replicated";

    private KillablePostgres postgres;
    private Standby standby;
    private ServiceProcess service;

    @BeforeEach
    void start() throws Exception {
        postgres = KillablePostgres.start(Map.of("wal_keep_size", "128MB"));
        service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", postgres.address().url(),
                "CREDITS_DB_USER", postgres.address().user(),
                "CREDITS_DB_PASSWORD", postgres.address().password(),
                // Longer than what ends the wait would take: the answer must not hang on which of them is the longer.
                "CREDITS_LEDGER_ANSWER_WITHIN", "PT20S"));
        new ServiceClient(service).open(ACCOUNT, 3000);
        standby = Standby.of(postgres);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        standby.close();
        postgres.close();
    }

    @Test
    void nothingIsAcknowledgedThatOnlyThePrimaryHas() throws Exception {
        ServiceClient client = new ServiceClient(service);
        standby.freeze();
        long end = System.nanoTime() + HANGS.toNanos();
        while (System.nanoTime() < end) {
            ServiceClient.Reply reply = client.debit(ACCOUNT, "waiting", 5);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
        }
        standby.thaw();
        Eventually.holds(
                DEADLINE, () -> client.debit(ACCOUNT, "waiting", 5).status() == 201, () -> "it is acknowledged");
        assertThat(new LedgerRows(postgres.address()).postings(ACCOUNT, "waiting"))
                .isOne();
    }
}
