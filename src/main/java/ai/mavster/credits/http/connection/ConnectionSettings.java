package ai.mavster.credits.http.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many connections there may be, and how long their heads may take. */
@Singleton
class ConnectionSettings {

    /** More than the callers who may wait, and the requests that may be under way, together. */
    private static final int USUAL = 40_000;

    /** Left for files, for the database and for connections that are just closing. */
    private static final long OTHER_FILES = 1_000;

    private final int most;
    private final int mostOfOne;
    private final Duration headWithin;

    ConnectionSettings(
            @ConfigProperty(name = "credits.connections") OptionalInt most,
            @ConfigProperty(name = "credits.connections.per-address") OptionalInt mostOfOne,
            @ConfigProperty(name = "credits.head.within") Duration headWithin) {
        this.most = atMost(most.orElse(USUAL), openFiles());
        this.mostOfOne = mostOfOne.orElse(Math.max(1, this.most / 2));
        this.headWithin = headWithin;
        if (this.most < 1 || this.mostOfOne < 1) {
            throw new IllegalStateException("CREDITS_CONNECTIONS and CREDITS_CONNECTIONS_PER_ADDRESS must be above 0.");
        }
    }

    /** As many as are configured, as far as the process may have so many files open. */
    static int atMost(int configured, long openFiles) {
        return (int) Math.min(configured, openFiles - Math.min(OTHER_FILES, openFiles / 4));
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() > 0
                ? system.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    int most() {
        return most;
    }

    int mostOfOne() {
        return mostOfOne;
    }

    Duration headWithin() {
        return headWithin;
    }
}
