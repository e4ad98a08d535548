package ai.mavster.credits.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Who takes the money. */
@ConfigMapping(prefix = "credits.payments")
interface PaymentSettings {

    /** Which provider; another word is refused at the start, with the choices. */
    @WithParentName
    @WithDefault("none")
    Choice provider();

    /** The choices. */
    enum Choice {
        NONE,
        SANDBOX,
        STRIPE
    }
}
