package ai.mavster.credits.http.limits;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service with little time for bodies and answers, little room for them, and its usual number of workers. */
public final class Impatient implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "credits.body.within", "4S",
                "credits.body.buffer", "256K",
                "credits.reading.streams", "4",
                "credits.reading.taken-within", "2S");
    }
}
