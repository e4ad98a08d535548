package ai.mavster.credits;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.DatabaseCommand;
import ai.mavster.credits.embedded.EmbeddedPostgres;
import ai.mavster.credits.embedded.StartFailure;
import ai.mavster.credits.imports.ImportCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the service: first its database, then the application; and stops them the other way round.
 *
 * <p>Exit codes: 2 when the settings or the machine do not let it start, 1 when the application failed.
 */
@QuarkusMain
public final class Main {

    /** The admin key of a demo that was given none. */
    static final String DEMO_ADMIN_KEY = "demo-admin-key-not-for-production";

    /** More than the application takes to drain; past it the database stops all the same. */
    private static final long DRAIN_SECONDS = 60;

    private final AtomicReference<EmbeddedPostgres> embedded = new AtomicReference<>();
    private final CountDownLatch applicationStopped = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();

    /** Package-private for the framework, which takes this class for a bean. */
    Main() {}

    public static void main(String... arguments) {
        System.exit(command(arguments));
    }

    private static int command(String... arguments) {
        if (ImportCommand.isAskedFor(arguments)) {
            return ImportCommand.run(System.getenv(), System.out, arguments);
        }
        if (DatabaseCommand.isAskedFor(arguments)) {
            return DatabaseCommand.run(System.getenv(), System.out, arguments);
        }
        if (MigrateCommand.isAskedFor(arguments)) {
            return MigrateCommand.run(System.getenv(), System.out);
        }
        if (arguments.length > 0) {
            // A command that is misspelt must not become a service.
            System.err.println("There is no command " + arguments[0]
                    + ". Without one the service starts; the commands are migrate, import, backup and restore.");
            return 2;
        }
        return new Main().run();
    }

    private int run() {
        // Hooks run at the same time as the application's own shutdown, and the process ends when the last hook has:
        // this one waits for
        // the application to stop, then stops its database. Registered before the database starts, so that no moment is
        // uncovered.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopDatabase, "stop-database"));
        try {
            Map<String, String> environment = System.getenv();
            if (Boolean.getBoolean("credits.stop-with-parent")) {
                stopWithParent();
            }
            HttpPort port = HttpPort.of(environment);
            port.requireFree();
            Optional<HttpPort> managementPort = HttpPort.ofManagement(environment);
            if (managementPort.isPresent()) {
                managementPort.get().requireFree();
            }
            Optional<TraceCollector> collector = TraceCollector.of(environment);
            collector.ifPresent(traces -> traces.settings(environment).forEach(System::setProperty));
            initializeMeanwhile();
            use(database(environment), environment);
            if (Boolean.getBoolean("credits.demo")) {
                prepareDemo(environment, port);
            }
            Quarkus.run(Application.class, (code, failure) -> exited(port, code, failure));
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
            exitCode.set(2);
        } finally {
            applicationStopped.countDown();
        }
        return exitCode.get();
    }

    /**
     * Begins the first half of the framework's start, which needs no database, while the database starts. The next
     * caller waits for it to be done, and {@link Quarkus#run} comes to it in any case: so what fails here is reported
     * there.
     */
    private static void initializeMeanwhile() {
        Thread thread = new Thread(
                () -> {
                    try {
                        Class.forName(
                                io.quarkus.runtime.Application.APP_CLASS_NAME,
                                true,
                                Thread.currentThread().getContextClassLoader());
                    } catch (ClassNotFoundException | LinkageError e) {
                        // The class stays unusable, and the framework says so with this as the cause.
                    }
                },
                "initialize");
        thread.setDaemon(true); // a service that cannot start does not wait for it
        thread.start();
    }

    private DatabaseAddress database(Map<String, String> environment) throws StartFailure {
        Optional<DatabaseAddress> given = DatabaseAddress.fromEnvironment(environment);
        if (given.isPresent()) {
            return given.get();
        }
        Path directory = Path.of(environment.getOrDefault("CREDITS_DATA_DIR", "data"))
                .toAbsolutePath()
                .normalize();
        System.out.println("Starting the embedded PostgreSQL in " + directory + " (CREDITS_DB_URL names another one)");
        EmbeddedPostgres server = EmbeddedPostgres.start(directory);
        embedded.set(server);
        server.supervise(cause -> {
            // A service without a database for good is worse than none: what runs it starts it anew, or tells somebody.
            System.err.println(cause);
            System.exit(1);
        });
        return server.address();
    }

    private void use(DatabaseAddress database, Map<String, String> environment) {
        System.setProperty("quarkus.datasource.jdbc.url", database.url());
        if (!database.user().isEmpty()) {
            System.setProperty("quarkus.datasource.username", database.user());
        }
        if (!database.password().isEmpty()) {
            System.setProperty("quarkus.datasource.password", database.password());
        }
        if (embedded.get() != null) {
            System.setProperty("credits.db.migrate", "true"); // there is nobody else who could
            return;
        }
        DatabaseAddress owner = database.asOwner(environment);
        if (!owner.equals(database)) {
            System.setProperty("quarkus.flyway.username", owner.user());
            System.setProperty("quarkus.flyway.password", owner.password());
        }
        if (environment.getOrDefault("CREDITS_DB_MIGRATE", "").equals("false")) {
            System.setProperty("quarkus.flyway.validate-at-start", "true");
        }
    }

    /** A Maven that is stopped ends without a word to what it runs, and would leave the service behind. */
    private static void stopWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread watch = new Thread(
                    () -> {
                        parent.onExit().join();
                        System.exit(143);
                    },
                    "stop-with-parent");
            watch.setDaemon(true);
            watch.start();
        });
    }

    private static void prepareDemo(Map<String, String> environment, HttpPort port) {
        if (environment.getOrDefault("CREDITS_TEST_CLOCKS", "").isEmpty()) {
            System.setProperty("credits.test-clocks.enabled", "true");
        }
        if (environment
                .getOrDefault("CREDITS_WEBHOOK_ALLOW_PRIVATE_TARGETS", "")
                .isEmpty()) {
            System.setProperty("credits.webhook.allow-private-targets", "true");
        }
        if (environment.getOrDefault("CREDITS_PAYMENTS", "").isEmpty()) {
            System.setProperty("credits.payments", "sandbox");
        }
        if (environment.getOrDefault("CREDITS_PUBLIC_URL", "").isEmpty() && port.number() != 0) {
            System.setProperty("credits.public-url", "http://localhost:" + port.number());
        }
        if (environment.getOrDefault("CREDITS_ADMIN_KEY", "").isEmpty()) {
            System.setProperty("credits.admin-key", DEMO_ADMIN_KEY);
            System.setProperty("credits.demo.any-account", "true");
            // Everybody knows that key, so nobody but this machine gets to use it.
            System.setProperty("quarkus.http.host", "127.0.0.1");
        }
    }

    /** The framework leaves it to the code that asks for the exit code to say why the application failed. */
    private void exited(HttpPort port, int code, @Nullable Throwable failure) {
        exitCode.set(code);
        Optional<String> known = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> explain(port, cause))
                .flatMap(Optional::stream)
                .findFirst();
        if (known.isPresent()) {
            exitCode.set(2);
            System.err.println(known.get());
        } else if (failure != null) {
            Logger.getLogger(Main.class).error("The application failed to start", failure);
        }
    }

    private static Optional<String> explain(HttpPort port, Throwable cause) {
        if (cause instanceof StartFailure) {
            return Optional.ofNullable(cause.getMessage());
        }
        if (cause instanceof FlywayValidateException) {
            return Optional.of(
                    "The database is not as this version needs it. If CREDITS_DB_MIGRATE is false, run its migrate command first. "
                            + cause.getMessage());
        }
        return cause instanceof QuarkusBindException || cause instanceof BindException
                ? Optional.of(port.inUse())
                : Optional.empty();
    }

    private void stopDatabase() {
        try {
            applicationStopped.await(DRAIN_SECONDS, TimeUnit.SECONDS);
            EmbeddedPostgres server = embedded.get();
            if (server != null) {
                server.close();
            }
        } catch (InterruptedException | IOException e) {
            System.err.println("The embedded PostgreSQL could not be stopped: " + e.getMessage());
        }
    }
}
