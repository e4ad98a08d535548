package ai.mavster.credits;

import ai.mavster.credits.embedded.StartFailure;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where traces are sent, by OTLP: nowhere, unless the environment says so, in the service's own words or in
 * OpenTelemetry's.
 *
 * @param endpoint without the path of what is sent there
 * @param protocol {@code grpc} or {@code http/protobuf}
 */
record TraceCollector(String endpoint, String protocol) {

    private static final List<String> ENDPOINTS =
            List.of("CREDITS_OTEL_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");
    private static final List<String> PROTOCOLS =
            List.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");

    /** OpenTelemetry's own names for what the framework calls otherwise. */
    private static final Map<String, String> ALSO = Map.of(
            "OTEL_EXPORTER_OTLP_HEADERS", "quarkus.otel.exporter.otlp.traces.headers",
            "OTEL_SERVICE_NAME", "quarkus.otel.service.name",
            "OTEL_RESOURCE_ATTRIBUTES", "quarkus.otel.resource.attributes",
            "OTEL_TRACES_SAMPLER_ARG", "credits.traces.share");

    private static final String PATH = "/v1/traces";
    private static final String GRPC = "grpc";
    private static final String HTTP = "http/protobuf";

    /** Where collectors listen for gRPC. */
    private static final int GRPC_PORT = 4317;

    /**
     * @throws StartFailure if what is said is no URL, or no protocol that there is
     */
    static Optional<TraceCollector> of(Map<String, String> environment) throws StartFailure {
        Optional<String> variable = first(environment, ENDPOINTS);
        if (variable.isEmpty()
                || value(environment, "OTEL_SDK_DISABLED").equalsIgnoreCase("true")
                || value(environment, "OTEL_TRACES_EXPORTER").equalsIgnoreCase("none")) {
            return Optional.empty();
        }
        String text = value(environment, variable.get());
        URI endpoint =
                url(variable.get(), text.endsWith(PATH) ? text.substring(0, text.length() - PATH.length()) : text);
        String protocol = first(environment, PROTOCOLS)
                .map(name -> value(environment, name))
                .orElse(endpoint.getPort() == GRPC_PORT ? GRPC : HTTP);
        if (!protocol.equals(GRPC) && !protocol.equals(HTTP)) {
            throw new StartFailure("Traces are sent by grpc or http/protobuf, not by '" + protocol + "'.");
        }
        return Optional.of(new TraceCollector(endpoint.toString(), protocol));
    }

    private static URI url(String variable, String text) throws StartFailure {
        try {
            URI url = URI.create(text);
            if (List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // It is said below what is wanted instead.
        }
        throw new StartFailure(variable + " must be a URL such as http://collector:4318, not '" + text + "'.");
    }

    /** What tells the framework so. */
    Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.otel.sdk.disabled", "false");
        settings.put("quarkus.otel.exporter.otlp.traces.endpoint", endpoint);
        settings.put("quarkus.otel.exporter.otlp.traces.protocol", protocol);
        ALSO.forEach((variable, setting) -> {
            String value = value(environment, variable);
            if (!value.isEmpty()) {
                settings.put(setting, value);
            }
        });
        return settings;
    }

    private static Optional<String> first(Map<String, String> environment, List<String> variables) {
        return variables.stream()
                .filter(name -> !value(environment, name).isEmpty())
                .findFirst();
    }

    private static String value(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
