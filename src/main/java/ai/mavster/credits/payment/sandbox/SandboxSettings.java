package ai.mavster.credits.payment.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the sandbox goes about it. */
@ConfigMapping(prefix = "credits.sandbox")
interface SandboxSettings {

    /** How much later a slow card is paid. */
    @WithDefault("PT5S")
    Duration slow();

    /** Whether this process announces what has happened. */
    @WithDefault("true")
    boolean announce();
}
