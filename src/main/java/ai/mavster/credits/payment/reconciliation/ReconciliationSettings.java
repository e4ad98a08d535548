package ai.mavster.credits.payment.reconciliation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the provider's payments are compared with those here. */
@ConfigMapping(prefix = "credits.reconciliation")
interface ReconciliationSettings {

    /** How often; "off" leaves it to other processes, and to requests. */
    @WithDefault("1h")
    String every();

    /** How far back each reaches. */
    @WithDefault("P3D")
    Duration reachesBack();

    /** How far back one a day does, since money may be lost long after it was paid. */
    @WithDefault("P130D")
    Duration reachesBackDaily();
}
