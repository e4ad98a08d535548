package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.embedded.StartFailure;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether and where traces are sent, by the environment. */
class TraceCollectorTest {

    private static final String OTEL = "OTEL_EXPORTER_OTLP_";
    private static final Pattern PAIR = Pattern.compile("([A-Z_]+)=(\\S*)");

    private static Map<String, String> environment(String text) {
        Map<String, String> environment = new TreeMap<>();
        PAIR.matcher(text)
                .results()
                .forEach(pair -> environment.put(pair.group(1).replace("OTLP_", OTEL), pair.group(2)));
        return environment;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nowhere", textBlock = """
            ''                                                               | nowhere
            CREDITS_OTEL_ENDPOINT=                                           | nowhere
            CREDITS_OTEL_ENDPOINT=http://c:4318                              | http://c:4318 http/protobuf
            CREDITS_OTEL_ENDPOINT=https://c/base                             | https://c/base http/protobuf
            CREDITS_OTEL_ENDPOINT=http://c:4317                              | http://c:4317 grpc
            CREDITS_OTEL_ENDPOINT=http://c:4317 OTLP_PROTOCOL=http/protobuf  | http://c:4317 http/protobuf
            OTLP_ENDPOINT=http://c:4318 OTLP_PROTOCOL=grpc                   | http://c:4318 grpc
            OTLP_ENDPOINT=http://c:1 OTLP_TRACES_ENDPOINT=http://t:2/v1/traces | http://t:2 http/protobuf
            OTLP_PROTOCOL=grpc OTLP_TRACES_PROTOCOL=http/protobuf OTLP_ENDPOINT=http://c:1 | http://c:1 http/protobuf
            OTLP_ENDPOINT=http://c:1 CREDITS_OTEL_ENDPOINT=http://own:2      | http://own:2 http/protobuf
            CREDITS_OTEL_ENDPOINT=http://c:1 OTEL_SDK_DISABLED=true          | nowhere
            CREDITS_OTEL_ENDPOINT=http://c:1 OTEL_TRACES_EXPORTER=none       | nowhere
            """)
    void theEnvironmentSaysWhere(String environment, String expected) throws StartFailure {
        assertThat(TraceCollector.of(environment(environment))
                        .map(collector -> collector.endpoint() + " " + collector.protocol()))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREDITS_OTEL_ENDPOINT=collector:4318",
                "CREDITS_OTEL_ENDPOINT=collector",
                "OTLP_ENDPOINT=ftp://collector",
                "OTLP_ENDPOINT=http://",
                "CREDITS_OTEL_ENDPOINT=http://c:1 OTLP_PROTOCOL=http/json"
            })
    void whatIsNoneIsToldAtTheStart(String environment) {
        assertThatThrownBy(() -> TraceCollector.of(environment(environment))).isInstanceOf(StartFailure.class);
    }

    @Test
    void theRestIsPassedOn() throws StartFailure {
        Map<String, String> environment = environment("CREDITS_OTEL_ENDPOINT=http://c:4318 OTLP_HEADERS=a=b,c=d"
                + " OTEL_SERVICE_NAME=here OTEL_TRACES_SAMPLER_ARG=0.5");

        assertThat(TraceCollector.of(environment).orElseThrow().settings(environment))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "quarkus.otel.sdk.disabled", "false",
                        "quarkus.otel.exporter.otlp.traces.endpoint", "http://c:4318",
                        "quarkus.otel.exporter.otlp.traces.protocol", "http/protobuf",
                        "quarkus.otel.exporter.otlp.traces.headers", "a=b,c=d",
                        "quarkus.otel.service.name", "here",
                        "credits.traces.share", "0.5"));
    }
}
