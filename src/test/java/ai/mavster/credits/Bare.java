package ai.mavster.credits;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service with nothing that its operator may leave out: no payment provider, no top-ups, no test clocks. */
public final class Bare implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "credits.payments", "none",
                "credits.top-ups.offered", "false",
                "credits.test-clocks.enabled", "false");
    }
}
