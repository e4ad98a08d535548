package ai.mavster.credits.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The admin key of the operator's configuration, with which the first keys are made: one admin of several. It is valid
 * as long as it is configured, and a service that has another admin does without.
 */
@Singleton
class FirstAdminKey {

    private static final Pattern FORM = Pattern.compile("[!-~]{16,}");

    private final Optional<String> key;
    private final byte @Nullable [] hash;
    private final ApiKeyRepository repository;
    private final Clock clock;

    FirstAdminKey(
            @ConfigProperty(name = "credits.admin-key") Optional<String> key,
            ApiKeyRepository repository,
            Clock clock) {
        this.key = key;
        this.hash = key.map(KeyText::hash).orElse(null);
        this.repository = repository;
        this.clock = clock;
    }

    boolean isConfigured() {
        return hash != null;
    }

    Optional<byte[]> hash() {
        return Optional.ofNullable(hash);
    }

    /** Takes the same time whatever the hash. */
    boolean hasHash(byte[] other) {
        return hash != null && MessageDigest.isEqual(hash, other);
    }

    void check(@Observes StartupEvent start) {
        boolean developing = ConfigUtils.isProfileActive("dev") || ConfigUtils.isProfileActive("test");
        check(key, () -> developing || repository.hasAdmin(clock.instant()));
    }

    /**
     * @param dispensable whether the service is of use without the configured key
     * @throws IllegalStateException if nobody could administer the service, or the key is too easily guessed
     */
    static void check(Optional<String> key, BooleanSupplier dispensable) {
        if (key.isPresent() && !FORM.matcher(key.get()).matches()) {
            throw new IllegalStateException("CREDITS_ADMIN_KEY must be at least 16 visible ASCII characters.");
        }
        if (key.isPresent() && KeyText.isWellFormed(key.get())) {
            throw new IllegalStateException(
                    "CREDITS_ADMIN_KEY must not be a key that this service has made: it would be valid although it is"
                            + " revoked, and hide whose it is. Set it for example to the output of: openssl rand -hex 32");
        }
        if (key.isEmpty() && !dispensable.getAsBoolean()) {
            throw new IllegalStateException(
                    "There is no admin key yet, so nobody could use the service: set"
                            + " CREDITS_ADMIN_KEY (at least 16 visible ASCII characters), for example to the output of: openssl rand -hex 32");
        }
    }
}
