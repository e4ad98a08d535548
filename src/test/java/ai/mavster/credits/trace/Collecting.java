package ai.mavster.credits.trace;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A {@link Collector} that listens before the service starts, for tests whose profile turns traces on. */
public final class Collecting implements QuarkusTestResourceLifecycleManager {

    private final Collector collector = new Collector();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.otel.exporter.otlp.traces.endpoint", collector.url(),
                "quarkus.otel.exporter.otlp.traces.protocol", "http/protobuf",
                "quarkus.otel.bsp.schedule.delay", "50ms");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(collector, field -> Collector.class.isAssignableFrom(field.getType()));
    }

    @Override
    public void stop() {
        collector.close();
    }
}
