package ai.mavster.credits.payment.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How payment providers' events are processed. */
@ConfigMapping(prefix = "credits.payment-events")
interface InboxSettings {

    /** Whether this process processes them; if not, others have to. */
    @WithDefault("true")
    boolean process();

    /** How many objects a process asks for at once. */
    @WithDefault("4")
    int atOnce();

    /** How long events that were processed or ignored can be read. */
    @WithDefault("P90D")
    Duration kept();

    /** How often those that are older leave; "off" leaves it to other processes. */
    @WithDefault("1m")
    String purgeEvery();
}
