package ai.mavster.credits;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The application once everything in it has started: says where it is and waits for the end. */
@Dependent
class Application implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Application.class);

    private final String url;
    private final boolean demo;
    private final boolean demoKey;

    Application(
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "credits.demo") boolean demo,
            @ConfigProperty(name = "credits.admin-key") Optional<String> adminKey) {
        this.url = "http://localhost:" + port;
        this.demo = demo;
        this.demoKey = adminKey.filter(Main.DEMO_ADMIN_KEY::equals).isPresent();
    }

    @Override
    public int run(String... arguments) {
        LOG.infof("Mavster Credits is ready at %s, its API to try at %s/q/swagger-ui", url, url);
        if (demo) {
            // A key of the operator's own is no business of the log.
            String key = demoKey ? Main.DEMO_ADMIN_KEY : "$CREDITS_ADMIN_KEY";
            LOG.infof("Demo: the admin key is %s; the README's tour goes on from here", key);
            LOG.infof("Try: curl -H 'Authorization: Bearer %s' %s/v1/plans", key, url);
        }
        Quarkus.waitForExit();
        return 0;
    }
}
