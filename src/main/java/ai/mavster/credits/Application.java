package ai.mavster.credits;

import ai.mavster.credits.portal.live.LiveStreams;
import ai.mavster.credits.waiting.Waiters;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The application once everything in it has started: says where it is and waits for the end. */
@Dependent
class Application implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Application.class);

    private static final String EVERY_ADDRESS = "0.0.0.0";

    private final String url;
    private final String managementUrl;
    private final Duration shutdownDelay;
    private final boolean demo;
    private final Optional<String> adminKey;
    private final DemoAccounts demoAccounts;
    private final Waiters waiters;
    private final LiveStreams live;

    Application(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "credits.management.host") Optional<String> managementHost,
            @ConfigProperty(name = "credits.management.port") OptionalInt managementPort,
            @ConfigProperty(name = "credits.shutdown.delay") Duration shutdownDelay,
            @ConfigProperty(name = "credits.demo") boolean demo,
            @ConfigProperty(name = "credits.admin-key") Optional<String> adminKey,
            DemoAccounts demoAccounts,
            Waiters waiters,
            LiveStreams live) {
        this.url = url(host, port);
        this.managementUrl = url(managementHost.orElse(host), managementPort.orElse(port));
        this.shutdownDelay = shutdownDelay;
        this.demo = demo;
        this.adminKey = adminKey;
        this.demoAccounts = demoAccounts;
        this.waiters = waiters;
        this.live = live;
    }

    private static String url(String host, int port) {
        String name = host.equals(EVERY_ADDRESS) ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port;
    }

    @Override
    public int run(String... arguments) {
        LOG.infof("Mavster Credits is ready at %s, its API to try at %s/q/swagger-ui", url, managementUrl);
        if (demo) {
            demonstrate(adminKey.orElse(""));
        }
        Quarkus.waitForExit();
        keepServing();
        // Before the framework waits for all requests to end.
        waiters.answerAll();
        live.endAll();
        return 0;
    }

    /** As long as the framework, on a thread of its own: it says that the process is not ready, and turns nobody away yet. */
    private void keepServing() {
        try {
            Thread.sleep(shutdownDelay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // to stop at once is what is asked for
        }
    }

    private void demonstrate(String key) {
        try {
            demoAccounts.create(url, key);
            LOG.info("Demo: the accounts are demo, demo-above-cap and demo-canceled");
        } catch (IOException e) {
            LOG.warnf("Demo: the accounts could not be made: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A key of the operator's own is no business of the log.
        String shown = key.equals(Main.DEMO_ADMIN_KEY) ? key : "$CREDITS_ADMIN_KEY";
        LOG.infof("Demo: the admin key is %s; the README's tour goes on from here", shown);
        LOG.infof("Try: curl -H 'Authorization: Bearer %s' %s/v1/accounts/demo/balance", shown, url);
    }
}
