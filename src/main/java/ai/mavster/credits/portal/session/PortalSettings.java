package ai.mavster.credits.portal.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the billing page is reached. */
@ConfigMapping(prefix = "credits.portal")
public interface PortalSettings {

    /** Where the host application makes a session: {@code CREDITS_SIGN_IN_URL}. Empty: a page says that there is none. */
    Optional<URI> signInUrl();

    /** The origins that a session may return to, such as {@code https://app.example.com}. */
    Optional<List<String>> returnOrigins();

    /** The plans that owners are offered, by their ids; empty: all that there are. */
    Optional<List<String>> plans();

    /** How often sessions leave that have ended; "off" leaves it to other processes. */
    @WithDefault("10m")
    String purgeEvery();

    /** How long a link can be opened. */
    @WithDefault("PT5M")
    Duration linkLasts();

    /** How long a session lasts once it was opened. */
    @WithDefault("PT2H")
    Duration sessionLasts();
}
