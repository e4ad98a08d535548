package ai.mavster.credits.event.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are delivered to webhook endpoints. */
@ConfigMapping(prefix = "credits.webhook")
public interface WebhookSettings {

    /** Whether this process delivers; if not, others have to. */
    @WithDefault("true")
    boolean deliver();

    /** Whether endpoints may be where only this network reaches, and without encryption. */
    @WithDefault("false")
    boolean allowPrivateTargets();

    /** How long a secret is good beside the one that has taken its place. */
    @WithDefault("P1D")
    Duration secretOverlap();

    /** How long an endpoint may take nothing until it is disabled. */
    @WithDefault("P3D")
    Duration disableAfter();

    /** How many accounts' deliveries to one endpoint a process has under way at once. */
    @WithDefault("16")
    int inFlight();

    /** How long a connection may take. */
    @WithDefault("5S")
    Duration connectWithin();

    /** How long an attempt may take in all. */
    @WithDefault("15S")
    Duration answerWithin();
}
