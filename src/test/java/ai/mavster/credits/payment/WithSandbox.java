package ai.mavster.credits.payment;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service whose payment provider is the sandbox, which goes on by itself and is not slow for long. */
public final class WithSandbox implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "credits.sandbox.announce", "true",
                "credits.payment-events.process", "true",
                "credits.recharge.charge", "true",
                "credits.sandbox.slow", "PT1S");
    }
}
