package ai.mavster.credits.recharge;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** A service that recharges by a provider that is played in memory. */
public final class WithPlayedProvider implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(PlayedProvider.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "credits.payments", "sandbox",
                "credits.mail.from", "credits@example.com",
                "credits.smtp.host", "localhost",
                "credits.smtp.port", "1",
                "credits.recharge.charge", "true",
                "credits.expiry.every", "1s");
    }
}
