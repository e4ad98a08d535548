package ai.mavster.credits.http.limits;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service with room for one request, for which others wait for three seconds, and for two callers who wait for credits. */
public final class OneAtATime implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "credits.requests", "1",
                "credits.requests.admitted-within", "3S",
                "credits.waiters", "2");
    }
}
