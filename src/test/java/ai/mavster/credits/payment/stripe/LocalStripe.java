package ai.mavster.credits.payment.stripe;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A service that is configured with the Stripe on this machine, which goes into the tests' fields of its type. */
public final class LocalStripe implements QuarkusTestResourceLifecycleManager {

    /** Two, as while one takes the other's place. */
    public static final String SECRET = "whsec_of_this_machine_1";

    public static final String OLD_SECRET = "whsec_of_this_machine_0";

    private StripeServer server;

    @Override
    public Map<String, String> start() {
        server = StripeServer.start();
        return Map.of(
                "credits.payment-events.process",
                "true",
                "credits.payments",
                "stripe",
                "credits.public-url",
                "https://credits.example/",
                "credits.stripe.api-key",
                StripeServer.KEY,
                "credits.stripe.webhook-secrets",
                SECRET + "," + OLD_SECRET,
                "credits.stripe.api-base",
                server.url(),
                "credits.stripe.answer-within",
                "PT1S");
    }

    @Override
    public void inject(TestInjector tests) {
        tests.injectIntoFields(server, new TestInjector.MatchesType(StripeServer.class));
    }

    @Override
    public void stop() {
        server.close();
    }
}
