package ai.mavster.credits.http.management;

import ai.mavster.credits.http.Operations;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.limits.ProblemWriter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Serves what is for operators at a port of its own, if there is one. The framework can do that only if it was built
 * so; then it does it always. Here a second server passes its requests to the same routes.
 */
@Singleton
class ManagementServer {

    /** After the limits on requests under way, which do not count what is for operators. */
    private static final int PRIORITY = 900;

    private static final int START_SECONDS = 10;

    private final Vertx vertx;
    private final ProblemWriter problems;
    private final OptionalInt port;
    private final HttpServerOptions options;

    private @Nullable HttpServer server;

    ManagementServer(
            Vertx vertx,
            ProblemWriter problems,
            @ConfigProperty(name = "credits.management.port") OptionalInt port,
            @ConfigProperty(name = "credits.management.host") Optional<String> host,
            @ConfigProperty(name = "quarkus.http.host") String apiHost,
            @ConfigProperty(name = "quarkus.http.idle-timeout") Duration idleTimeout) {
        this.vertx = vertx;
        this.problems = problems;
        this.port = port;
        this.options = new HttpServerOptions()
                .setHost(host.orElse(apiHost))
                .setPort(port.orElse(0))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(idleTimeout.toMillis()));
    }

    void register(@Observes Filters filters) {
        if (port.isPresent()) {
            filters.register(this::check, PRIORITY);
        }
    }

    private void check(RoutingContext context) {
        boolean managing = context.request().localAddress().port() == port.getAsInt();
        if (managing == Operations.areMeantBy(context)) {
            context.next();
        } else {
            problems.end(context, Problems.notFound());
        }
    }

    void start(@Observes StartupEvent event) throws InterruptedException {
        if (port.isEmpty()) {
            return;
        }
        HttpServer starting = vertx.createHttpServer(options).requestHandler(VertxHttpRecorder.getRootHandler());
        try {
            server = starting.listen().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(
                    "Cannot listen at %s:%d, which CREDITS_MANAGEMENT_PORT names"
                            .formatted(options.getHost(), options.getPort()),
                    failure);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (server != null) {
            server.close();
        }
    }
}
