package ai.mavster.credits.trace;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many traces are recorded: where a caller sends one, as that says; of the others a share, from 0 to 1. */
class Sampling {

    @Produces
    @Singleton
    Sampler sampler(@ConfigProperty(name = "credits.traces.share") BigDecimal share) {
        return Sampler.parentBased(new LinkedSampler(Sampler.traceIdRatioBased(share.doubleValue())));
    }
}
