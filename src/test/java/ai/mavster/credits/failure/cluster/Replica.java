package ai.mavster.credits.failure.cluster;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process of the service, between two networks: clients reach it over one, and it reaches the database over one. */
public final class Replica implements AutoCloseable {

    final int number;
    final Network fromClients;
    final Network toDatabase;
    private final DatabaseAddress database;
    private final int port;
    private @Nullable ServiceProcess process;

    Replica(int number, DatabaseAddress database, int databasePort) throws IOException {
        this.number = number;
        this.database = database;
        this.port = ServiceProcess.freePort();
        this.fromClients = new Network(port);
        this.toDatabase = new Network(databasePort);
    }

    /** Starts the process and waits until it is ready. */
    void start() {
        start(Map.of());
    }

    /**
     * @param further environment: another clock, say
     */
    void start(Map<String, String> further) {
        Map<String, String> environment = new HashMap<>(further);
        environment.put("CREDITS_DB_URL", "jdbc:postgresql://127.0.0.1:" + toDatabase.port() + "/credits");
        environment.put("CREDITS_DB_USER", database.user());
        environment.put("CREDITS_DB_PASSWORD", database.password());
        environment.put("CREDITS_HTTP_PORT", Integer.toString(port));
        environment.put("CREDITS_PAYMENTS", "sandbox");
        environment.put("CREDITS_WEBHOOK_ALLOW_PRIVATE_TARGETS", "true");
        environment.put("CREDITS_WEBHOOK_ANSWER_WITHIN", "PT2S");
        environment.put("CREDITS_PROOF_EVERY", "off");
        process = ServiceProcess.start(environment);
    }

    void kill() {
        ServiceProcess killed = running();
        killed.kill();
        killed.close();
        process = null;
    }

    /** As an operator would. */
    void stop() {
        running().close();
        process = null;
    }

    boolean isRunning() {
        return process != null;
    }

    /** Stops it where it is: its connections stay open, and nobody answers. */
    void freeze() throws IOException {
        Signals.send("STOP", running().pid());
    }

    void thaw() throws IOException {
        Signals.send("CONT", running().pid());
    }

    public void awaitReady() {
        running().awaitReady();
    }

    /** What it has printed, since it was started. */
    String log() {
        return running().log();
    }

    /** Past the network between it and its clients. */
    public URI direct() {
        return URI.create("http://localhost:" + port);
    }

    public URI url() {
        return URI.create("http://localhost:" + fromClients.port());
    }

    private ServiceProcess running() {
        if (process == null) {
            throw new IllegalStateException("replica " + number + " does not run");
        }
        return process;
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            thaw();
            process.close();
        }
        fromClients.close();
        toDatabase.close();
    }
}
