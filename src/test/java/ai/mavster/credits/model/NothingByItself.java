package ai.mavster.credits.model;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Runs that wait for credits start when the model says so. */
public final class NothingByItself implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("credits.run.start-queued", "false");
    }
}
